namespace Shop.ServiceDefaults.Customers;

/// <summary>One line of a cart.</summary>
/// <param name="Sku">The product.</param>
/// <param name="Quantity">How many, 1 to 1,000.</param>
public sealed record CartItem(string Sku, int Quantity);

/// <summary>A customer's session, as <c>GET /sessions/{id}</c> answers it.</summary>
/// <param name="SessionId">The session: whoever knows it acts as its customer.</param>
/// <param name="CustomerId">The customer who logged in.</param>
/// <param name="Cart">The cart, at most 100 products.</param>
/// <param name="ExpiresAt">When the session ends if nobody uses it until then.</param>
public sealed record SessionView(string SessionId, string CustomerId, IReadOnlyList<CartItem> Cart, DateTimeOffset ExpiresAt)
{
    /// <summary>Leaves the session's id out: what is logged must not let anyone act as the customer.</summary>
    public override string ToString() => $"session of {CustomerId}";
}
