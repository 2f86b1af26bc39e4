namespace Shop.Documents.DocumentCache;

/// <summary>Remembers documents' metadata, whoever owns them; it is never changed once it is stored.</summary>
internal interface IDocumentCache
{
    /// <summary>The document, from the cache or else loaded; null where there is none, and that is not remembered.</summary>
    ValueTask<DocumentView?> FindAsync(Guid id, Func<Guid, CancellationToken, ValueTask<DocumentView?>> load, CancellationToken cancellationToken);
}
