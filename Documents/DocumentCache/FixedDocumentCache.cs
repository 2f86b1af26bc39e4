using Shop.ServiceDefaults.Caching;
using Shop.ServiceDefaults.Cases;

namespace Shop.Documents.DocumentCache;

/// <summary>
/// At most <see cref="MaxDocuments"/>, never one more, and those that are asked for least make room for new ones. A document is released
/// 30 minutes after its last use, and 2 hours after it was read however often it is used.
/// </summary>
internal sealed class FixedDocumentCache : IDocumentCache, ICaseState
{
    /// <summary>As many as belong in the article's cache: customers look at new documents.</summary>
    public const int MaxDocuments = 500;

    private readonly BoundedCache<Guid, DocumentView> _documents;

    public FixedDocumentCache(IConfiguration configuration, TimeProvider time, CacheMetrics metrics)
    {
        // FIX: bounded in number and in time; Postgres has the truth, so that it may forget.
        _documents = new(new()
        {
            Capacity = configuration.CapacityOf(CaseCatalog.DocumentCache, MaxDocuments),
            SlidingExpiration = TimeSpan.FromMinutes(30),
            AbsoluteExpiration = TimeSpan.FromHours(2),
            Time = time,
        });
        metrics.Observe("documents", _documents);
    }

    public long HeldItems => _documents.Count;

    public void Reset() => _documents.Clear();

    public async ValueTask<DocumentView?> FindAsync(Guid id, Func<Guid, CancellationToken, ValueTask<DocumentView?>> load, CancellationToken cancellationToken)
    {
        if (_documents.TryGet(id, out var cached))
            return cached;
        // Not shared with others who ask meanwhile: it reads through this request's database context, which ends with the request.
        var document = await load(id, cancellationToken);
        if (document is not null)
            _documents.Set(id, document);
        return document;
    }
}
