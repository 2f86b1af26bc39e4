using Shop.ServiceDefaults.Customers;

namespace Shop.Documents.DocumentCache;

/// <summary>Restricts the cache, which all customers share, to the documents of one customer.</summary>
internal static class DocumentOwners
{
    /// <summary>Returns null for another customer's document, even if it is cached.</summary>
    public static async ValueTask<DocumentView?> FindOwnAsync(
        this IDocumentCache cache, Guid id, Customer customer,
        Func<Guid, CancellationToken, ValueTask<DocumentView?>> load, CancellationToken cancellationToken)
    {
        var document = await cache.FindAsync(id, load, cancellationToken);
        return document?.CustomerId == customer.CustomerId ? document : null;
    }
}
