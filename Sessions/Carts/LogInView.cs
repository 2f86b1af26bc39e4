namespace Shop.Sessions.Carts;

/// <summary>The response to a login: the new session.</summary>
internal sealed record LogInView(string SessionId);
