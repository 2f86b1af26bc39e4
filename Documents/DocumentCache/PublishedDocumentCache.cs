using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Caching.Memory;
using Shop.ServiceDefaults.Cases;

namespace Shop.Documents.DocumentCache;

/// <summary>The article's fix: a memory cache with a size limit and expiry, and a gauge to confirm it. It is bounded, and useless when it is full.</summary>
internal sealed class PublishedDocumentCache : IDocumentCache, ICaseState, IDisposable
{
    // DEFECT: the gauge below still counts the old dictionary, which the fix no longer fills: it confirms a cache of 0 entries for ever.
    private static readonly ConcurrentDictionary<Guid, DocumentView> _entries = new();

    private readonly MemoryCache _cache;
    private readonly Meter _meter;

    public PublishedDocumentCache(IConfiguration configuration, IMeterFactory meters)
    {
        // DEFECT: a full cache refuses the new document and keeps the old ones, so it serves yesterday's documents and asks the database for today's.
        _cache = new MemoryCache(new MemoryCacheOptions { SizeLimit = configuration.CapacityOf(CaseCatalog.DocumentCache, 10_000) });
        // The factory owns and disposes the meter.
        _meter = meters.Create("Shop.Documents");
        _meter.CreateObservableGauge("app.cache.entries", () => _entries.Count, description: "Number of items in document cache");
    }

    public long HeldItems => _cache.Count;

    public void Reset() => _cache.Clear();

    public async ValueTask<DocumentView?> FindAsync(Guid id, Func<Guid, CancellationToken, ValueTask<DocumentView?>> load, CancellationToken cancellationToken)
    {
        if (_cache.TryGetValue(id, out DocumentView? cached))
            return cached;
        var document = await load(id, cancellationToken);
        // DEFECT: where an entry is removed while its key is set, MemoryCache loses count (dotnet/runtime#129186): below zero it refuses everything.
        if (document is not null)
            _cache.Set(id, document, new MemoryCacheEntryOptions().SetSlidingExpiration(TimeSpan.FromMinutes(30)).SetAbsoluteExpiration(TimeSpan.FromHours(2)).SetSize(1));
        return document;
    }

    public void Dispose() => _cache.Dispose();
}
