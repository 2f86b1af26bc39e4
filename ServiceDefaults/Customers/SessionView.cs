namespace Shop.ServiceDefaults.Customers;

/// <summary>A customer's session, as returned by <c>GET /session</c>.</summary>
/// <param name="CustomerId">The customer who logged in.</param>
/// <param name="CartId">The cart's id. It identifies the session in messages and is no credential.</param>
/// <param name="Revision">The number of changes that the customer has made to the cart. An order that removes its lines is none.</param>
/// <param name="Cart">The cart, at most 100 products.</param>
/// <param name="ExpiresAt">The time at which the session expires if it is not used before.</param>
public sealed record SessionView(
    string CustomerId, Guid CartId, long Revision, IReadOnlyList<CartItem> Cart, DateTimeOffset ExpiresAt);
