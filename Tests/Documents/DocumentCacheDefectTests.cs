using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Caching.Memory;
using Shop.ServiceDefaults.Caching;
using Shop.ServiceDefaults.Cases;

namespace Shop.Tests.Documents;

/// <summary>The defects of the published fix, which Fixed does not have.</summary>
public sealed class DocumentCacheDefectTests : IDisposable
{
    private readonly DocumentCaches _caches = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _caches.Dispose();

    /// <summary>A defect of the published fix: a full cache refuses the new document.</summary>
    [Theory]
    [InlineData(CaseVariant.Published, 2)]
    [InlineData(CaseVariant.Fixed, 1)]
    public async Task AFullCacheInsertsTheNewDocument(CaseVariant variant, int loads)
    {
        var cache = _caches.Create(variant);
        await _caches.FindManyAsync(cache, DocumentCaches.Capacity);
        _caches.Loads = 0;
        var id = Guid.NewGuid();
        await cache.FindAsync(id, _caches.LoadAsync, Cancellation);
        await cache.FindAsync(id, _caches.LoadAsync, Cancellation);

        Assert.Equal(loads, _caches.Loads);
    }

    /// <summary>A defect of the published fix: the gauge that should confirm it counts a dictionary that is no longer used.</summary>
    [Theory]
    [InlineData(CaseVariant.Published, 0)]
    [InlineData(CaseVariant.Fixed, 3)]
    public async Task TheGaugeReportsTheNumberOfEntries(CaseVariant variant, long reported)
    {
        var cache = _caches.Create(variant);
        await _caches.FindManyAsync(cache, 3);

        Assert.Equal(3, DocumentCaches.Held(cache));
        Assert.Equal([reported], ReadEntriesGauge());
    }

    /// <summary>
    /// A defect of the published fix's MemoryCache (dotnet/runtime#129186): with a size below zero, the empty cache refuses everything. In
    /// the Shop only eviction and expiration remove documents, so the test removes entries from the caches directly.
    /// </summary>
    [Theory]
    [InlineData(CaseVariant.Published, true)]
    [InlineData(CaseVariant.Fixed, false)]
    public void ConcurrentSetsAndRemovesLeaveTheCacheUsable(CaseVariant variant, bool refusesEverything)
        => Assert.Equal(
            refusesEverything, variant == CaseVariant.Published ? MemoryCacheRefusesEverything() : BoundedCacheRefusesEverything());

    // The removal runs after Set has found the entry and before it has replaced it: both subtract the entry's size.
    private static bool MemoryCacheRefusesEverything()
    {
        using var cache = new MemoryCache(new MemoryCacheOptions { SizeLimit = DocumentCaches.Capacity });
        var keys = Enumerable.Range(0, DocumentCaches.Capacity).Select(_ => new InterceptedKey()).ToList();
        keys.ForEach(Set);
        foreach (var key in keys)
        {
            key.InterceptOnce(() => cache.Remove(key));
            Set(key);
        }
        keys.ForEach(cache.Remove);
        Assert.Equal(0, cache.Count);
        Set("new");
        return !cache.TryGetValue("new", out _);

        void Set(object entry) => cache.Set(entry, "", new MemoryCacheEntryOptions().SetSize(1));
    }

    // BoundedCache offers no hook inside Set, so racing threads look for a gap.
    private static bool BoundedCacheRefusesEverything()
    {
        var cache = new BoundedCache<int, string>(new() { Capacity = DocumentCaches.Capacity });
        Parallel.Invoke(() => Repeat(() => cache.Set(1, "")), () => Repeat(() => cache.Remove(1)));
        cache.Remove(1);
        Assert.Equal((0, 0), (cache.Count, cache.Weight));
        cache.Set(2, "");
        return !cache.TryGet(2, out _);
    }

    private static void Repeat(Action action)
    {
        for (var time = 0; time < 400_000; time++)
            action();
    }

    /// <summary>A key that runs an action when a cache next compares it.</summary>
    private sealed class InterceptedKey
    {
        private Action? _interception;

        public void InterceptOnce(Action interception) => _interception = interception;

        public override bool Equals(object? obj)
        {
            Interlocked.Exchange(ref _interception, null)?.Invoke();
            return ReferenceEquals(this, obj);
        }

        public override int GetHashCode() => RuntimeHelpers.GetHashCode(this);
    }

    /// <summary>The values of the gauge <c>app.cache.entries</c> of this test's meters.</summary>
    private List<long> ReadEntriesGauge()
    {
        var values = new List<long>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, observer) =>
        {
            if (instrument.Name == "app.cache.entries" && instrument.Meter.Scope == _caches.Meters)
                observer.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<int>((_, value, _, _) => values.Add(value));
        listener.SetMeasurementEventCallback<long>((_, value, _, _) => values.Add(value));
        listener.Start();
        listener.RecordObservableInstruments();
        return values;
    }
}
