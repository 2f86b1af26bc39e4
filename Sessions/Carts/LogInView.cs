namespace Shop.Sessions.Carts;

/// <summary>The session that was opened.</summary>
internal sealed record LogInView(string SessionId);
