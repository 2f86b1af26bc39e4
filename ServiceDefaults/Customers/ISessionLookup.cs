namespace Shop.ServiceDefaults.Customers;

/// <summary>Finds the customer of a session. Sessions asks its own store; every other service asks Sessions.</summary>
public interface ISessionLookup
{
    /// <summary>The session's customer, which also keeps the session alive; null where the session is unknown or has expired.</summary>
    /// <param name="sessionId">A well-formed id.</param>
    /// <param name="cancellationToken">Ends the caller's wait.</param>
    ValueTask<Customer?> FindAsync(string sessionId, CancellationToken cancellationToken);
}
