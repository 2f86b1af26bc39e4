using Shop.ServiceDefaults.Cases;
using Shop.ServiceDefaults.Customers;

namespace Shop.Documents.DocumentCache;

/// <summary>Registers the case; GET /documents/{id} feeds it.</summary>
internal static class DocumentCacheApi
{
    public static void AddDocumentCache(this IHostApplicationBuilder builder)
        => builder.AddCase<IDocumentCache, LeakyDocumentCache, PublishedDocumentCache, FixedDocumentCache>(CaseCatalog.DocumentCache);

    /// <summary>Returns null for another customer's document, even if it is cached.</summary>
    public static async ValueTask<DocumentView?> FindOwnAsync(
        this IDocumentCache cache, Guid id, Customer customer,
        Func<Guid, CancellationToken, ValueTask<DocumentView?>> load, CancellationToken cancellationToken)
    {
        var document = await cache.FindAsync(id, load, cancellationToken);
        return document?.CustomerId == customer.CustomerId ? document : null;
    }
}
