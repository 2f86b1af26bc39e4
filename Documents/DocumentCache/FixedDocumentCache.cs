using Shop.ServiceDefaults.Caching;
using Shop.ServiceDefaults.Cases;

namespace Shop.Documents.DocumentCache;

/// <summary>
/// Bounded to <see cref="MaxDocuments"/>; a new document evicts a rarely used one. A document is released 30 minutes after its last
/// use, and at the latest 2 hours after it was loaded.
/// </summary>
internal sealed class FixedDocumentCache : IDocumentCache, ICaseState
{
    /// <summary>The article's expected number of cached documents; customers mostly read new documents.</summary>
    public const int MaxDocuments = 500;

    /// <summary>How long a document is kept after its last use.</summary>
    private static readonly TimeSpan Unused = TimeSpan.FromMinutes(30);

    /// <summary>After how long a document is loaded again at the latest.</summary>
    private static readonly TimeSpan MaxAge = TimeSpan.FromHours(2);

    private readonly BoundedCache<Guid, DocumentView> _documents;

    public FixedDocumentCache(IConfiguration configuration, TimeProvider time, CacheMetrics metrics)
    {
        // FIX: bounded in number and in time; evicting is safe because Postgres is the source of truth.
        _documents = new(new()
        {
            Capacity = configuration.CapacityOf(DocumentCacheCase.Study, MaxDocuments),
            SlidingExpiration = Unused,
            AbsoluteExpiration = MaxAge,
            Time = time,
        });
        metrics.Observe("documents", _documents);
    }

    public long HeldItems => _documents.Count;

    public void Reset() => _documents.Clear();

    public async ValueTask<DocumentView?> FindAsync(
        Guid id, Func<Guid, CancellationToken, ValueTask<DocumentView?>> load, CancellationToken cancellationToken)
    {
        if (_documents.TryGet(id, out var cached))
            return cached;
        // The load is not shared with concurrent callers: it uses this request's database context, which is disposed with the request.
        var document = await load(id, cancellationToken);
        if (document is not null)
            _documents.Set(id, document);
        return document;
    }
}
