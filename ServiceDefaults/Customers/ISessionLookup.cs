namespace Shop.ServiceDefaults.Customers;

/// <summary>Finds the customer of a session. Sessions reads its own store; every other service requests it from Sessions.</summary>
public interface ISessionLookup
{
    /// <summary>Returns the session's customer and renews the session; returns null if the session is unknown or has expired.</summary>
    /// <param name="sessionId">A well-formed id.</param>
    /// <param name="isWrite">Whether the request changes something, so that a cached customer does not suffice.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    ValueTask<Customer?> FindAsync(string sessionId, bool isWrite, CancellationToken cancellationToken);
}
