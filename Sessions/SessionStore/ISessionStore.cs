using Shop.ServiceDefaults.Customers;
using Shop.ServiceDefaults.Messages;

namespace Shop.Sessions.SessionStore;

/// <summary>The result of a change to a cart.</summary>
/// <param name="Session">The session after it; null where it is unknown or has expired.</param>
/// <param name="IsFull">The cart holds its maximum of products and took no further one.</param>
internal readonly record struct CartChange(SessionView? Session, bool IsFull = false);

/// <summary>Keeps sessions and their carts. Each use prolongs the session.</summary>
internal interface ISessionStore
{
    /// <summary>Opens a session with an empty cart.</summary>
    Task<string> CreateAsync(string customerId, CancellationToken cancellationToken);

    /// <summary>The session, or null.</summary>
    Task<SessionView?> FindAsync(string id, CancellationToken cancellationToken);

    /// <summary>Puts a product into the cart, or changes its quantity; the last writer wins.</summary>
    Task<CartChange> SetItemAsync(string id, string sku, int quantity, CancellationToken cancellationToken);

    /// <summary>Takes a product out of the cart, if it is there.</summary>
    Task<CartChange> RemoveItemAsync(string id, string sku, CancellationToken cancellationToken);

    /// <summary>Removes what was ordered from the cart, once per order. What the customer has added since then stays. The session is not prolonged: no customer did this.</summary>
    Task TakeLinesAsync(string id, Guid orderId, IReadOnlyList<OrderLine> lines, CancellationToken cancellationToken);

    /// <summary>Ends a session; false where there was none.</summary>
    Task<bool> DeleteAsync(string id, CancellationToken cancellationToken);

    /// <summary>Prolongs a session and returns its customer; null where it is unknown or has expired.</summary>
    ValueTask<string?> TouchAsync(string id, CancellationToken cancellationToken);

    /// <summary>Whether there is such a session; asking does not prolong it.</summary>
    Task<bool> ExistsAsync(string id, CancellationToken cancellationToken);
}
