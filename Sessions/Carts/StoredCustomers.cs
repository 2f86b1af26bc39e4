using Shop.ServiceDefaults.Cases;
using Shop.ServiceDefaults.Customers;
using Shop.Sessions.SessionStore;

namespace Shop.Sessions.Carts;

/// <summary>
/// Finds the customer of a session in this service's store. Writes need no other check: a store changes a cart only if its session exists.
/// </summary>
internal sealed class StoredCustomers(CaseSwitch<ISessionStore> sessions) : ISessionLookup
{
    public async ValueTask<Customer?> FindAsync(string sessionId, bool isWrite, CancellationToken cancellationToken)
        => await sessions.Current.TouchAsync(sessionId, cancellationToken) is { } customerId ? new Customer(customerId, sessionId) : null;
}
