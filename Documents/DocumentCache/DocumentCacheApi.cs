using Shop.ServiceDefaults.Cases;
using Shop.ServiceDefaults.Customers;

namespace Shop.Documents.DocumentCache;

/// <summary>Registers the case, and reads documents through it for their owners. GET /documents/{id} feeds it.</summary>
internal static class DocumentCacheApi
{
    public static void AddDocumentCache(this IHostApplicationBuilder builder)
        => builder.AddCase<IDocumentCache, LeakyDocumentCache, PublishedDocumentCache, FixedDocumentCache>(CaseCatalog.DocumentCache);

    /// <summary>A customer's document; another's does not exist for them, whoever brought it into the cache.</summary>
    public static async ValueTask<DocumentView?> FindOwnAsync(
        this IDocumentCache cache, Guid id, Customer customer, Func<Guid, CancellationToken, ValueTask<DocumentView?>> load, CancellationToken cancellationToken)
        => await cache.FindAsync(id, load, cancellationToken) is { } document && document.CustomerId == customer.CustomerId ? document : null;
}
