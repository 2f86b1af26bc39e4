namespace Shop.ServiceDefaults.Customers;

/// <summary>A customer's session, as returned by <c>GET /sessions/{id}</c>.</summary>
/// <param name="SessionId">The session's id, a credential.</param>
/// <param name="CustomerId">The customer who logged in.</param>
/// <param name="Cart">The cart, at most 100 products.</param>
/// <param name="ExpiresAt">The time at which the session expires if it is not used before.</param>
public sealed record SessionView(string SessionId, string CustomerId, IReadOnlyList<CartItem> Cart, DateTimeOffset ExpiresAt)
{
    /// <summary>Omits the session id, a credential that must not be logged.</summary>
    public override string ToString() => $"session of {CustomerId}";
}
