namespace Shop.Tests.Faults;

/// <summary>A session with a filled cart, and the idempotency key that all attempts to order it carry.</summary>
internal sealed record Shopper(string SessionId, string Key);
