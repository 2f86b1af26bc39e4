using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Caching.Memory;
using Shop.ServiceDefaults.Cases;

namespace Shop.Documents.DocumentCache;

/// <summary>
/// The article's fix: a MemoryCache with a size limit and expiry, and a gauge to confirm it. It is bounded, but useless when full.
/// </summary>
internal sealed class PublishedDocumentCache : IDocumentCache, ICaseState, IDisposable
{
    // DEFECT: the gauge below still counts the old dictionary, which the fix no longer fills, so it always reports 0 entries.
    [SuppressMessage("Memory", "SHOP7001", Justification = "The published fix still reports its old dictionary.")]
    private static readonly ConcurrentDictionary<Guid, DocumentView> _entries = new();

    private readonly MemoryCache _cache;
    private readonly Meter _meter;

    [SuppressMessage("Memory", "SHOP6003", Justification = "The published fix refuses new documents when full.")]
    public PublishedDocumentCache(IConfiguration configuration, IMeterFactory meters)
    {
        // DEFECT: a full cache refuses the new document and keeps the old ones, so requests for new documents always reach the database.
        _cache = new MemoryCache(new MemoryCacheOptions { SizeLimit = configuration.CapacityOf(DocumentCacheCase.Study, 10_000) });
        // The factory owns and disposes the meter.
        _meter = meters.Create("Shop.Documents");
        _meter.CreateObservableGauge("app.cache.entries", () => _entries.Count, description: "Number of items in document cache");
    }

    public long HeldItems => _cache.Count;

    public void Reset() => _cache.Clear();

    public async ValueTask<DocumentView?> FindAsync(
        Guid id, Func<Guid, CancellationToken, ValueTask<DocumentView?>> load, CancellationToken cancellationToken)
    {
        if (_cache.TryGetValue(id, out DocumentView? cached))
            return cached;
        var document = await load(id, cancellationToken);
        // DEFECT: a removal during a Set of the same key makes MemoryCache's size drift (dotnet/runtime#129186): below zero it refuses
        // everything.
        if (document is not null)
            _cache.Set(id, document, new MemoryCacheEntryOptions()
                .SetSlidingExpiration(TimeSpan.FromMinutes(30)).SetAbsoluteExpiration(TimeSpan.FromHours(2)).SetSize(1));
        return document;
    }

    public void Dispose() => _cache.Dispose();
}
