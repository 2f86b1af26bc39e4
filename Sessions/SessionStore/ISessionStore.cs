using Shop.ServiceDefaults.Customers;

namespace Shop.Sessions.SessionStore;

/// <summary>Stores sessions and their carts. Each use renews the session.</summary>
internal interface ISessionStore
{
    /// <summary>Creates a session with an empty cart and returns its id.</summary>
    Task<string> CreateAsync(string customerId, CancellationToken cancellationToken);

    /// <summary>Returns the session, or null if it is unknown or has expired.</summary>
    Task<SessionView?> FindAsync(string id, CancellationToken cancellationToken);

    /// <summary>Adds a product to the cart or changes its quantity; the last writer wins.</summary>
    Task<CartChange> SetItemAsync(string id, string sku, int quantity, CancellationToken cancellationToken);

    /// <summary>Removes a product from the cart, if it is there.</summary>
    Task<CartChange> RemoveItemAsync(string id, string sku, CancellationToken cancellationToken);

    /// <summary>
    /// Removes the products of an order from the cart: those that have not changed since the revision. Does not renew the session, because
    /// this is not a use by the customer.
    /// </summary>
    Task TakeOrderedAsync(Guid cartId, long revision, CancellationToken cancellationToken);

    /// <summary>Deletes a session; returns false if it does not exist.</summary>
    Task<bool> DeleteAsync(string id, CancellationToken cancellationToken);

    /// <summary>Renews a session and returns its customer; returns null if it is unknown or has expired.</summary>
    ValueTask<string?> TouchAsync(string id, CancellationToken cancellationToken);

    /// <summary>Whether the session exists; does not renew it.</summary>
    Task<bool> ExistsAsync(string id, CancellationToken cancellationToken);
}
