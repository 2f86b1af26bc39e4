namespace Shop.Documents.DocumentCache;

/// <summary>Caches the metadata of all customers' documents; it is immutable, so entries need no invalidation.</summary>
internal interface IDocumentCache
{
    /// <summary>Returns the document from the cache or loads it; null if it does not exist, which is not cached.</summary>
    ValueTask<DocumentView?> FindAsync(
        Guid id, Func<Guid, CancellationToken, ValueTask<DocumentView?>> load, CancellationToken cancellationToken);
}
