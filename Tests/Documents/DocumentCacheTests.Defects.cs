using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.DependencyInjection;
using Shop.ServiceDefaults.Caching;
using Shop.ServiceDefaults.Cases;
using Shop.Tests.Cases;

namespace Shop.Tests.Documents;

/// <content>The defects of Published.</content>
public sealed partial class DocumentCacheTests
{
    /// <summary>A full cache refuses the new document.</summary>
    [Theory, Defect]
    [InlineData(CaseVariant.Published, 2)]
    [InlineData(CaseVariant.Fixed, 1)]
    public async Task AFullCacheInsertsTheNewDocument(CaseVariant variant, int loads)
    {
        Switch.Select(variant);
        await FindManyAsync(Capacity);
        _loads = 0;
        var id = Guid.NewGuid();
        await FindAsync(id);
        await FindAsync(id);

        Assert.Equal(loads, _loads);
    }

    /// <summary>The gauge that should confirm the fix counts a dictionary that is no longer used.</summary>
    [Theory, Defect]
    [InlineData(CaseVariant.Published, 0)]
    [InlineData(CaseVariant.Fixed, 3)]
    public async Task TheGaugeReportsTheNumberOfEntries(CaseVariant variant, long reported)
    {
        Switch.Select(variant);
        await FindManyAsync(3);

        Assert.Equal(3, Switch.HeldItems);
        var gauges = ReadEntriesGauges();
        Assert.NotEmpty(gauges);
        Assert.Equal(reported, gauges.Sum());
    }

    /// <summary>
    /// With a size below zero, an empty MemoryCache refuses everything (dotnet/runtime#129186). In the Shop only eviction and expiration
    /// remove documents, so the test removes entries from the caches directly.
    /// </summary>
    [Theory, Defect]
    [InlineData(CaseVariant.Published, true)]
    [InlineData(CaseVariant.Fixed, false)]
    public void ConcurrentSetsAndRemovesLeaveTheCacheUsable(CaseVariant variant, bool refusesEverything)
        => Assert.Equal(
            refusesEverything, variant == CaseVariant.Published ? MemoryCacheRefusesEverything() : BoundedCacheRefusesEverything());

    // The removal runs after Set has found the entry and before it has replaced it: both subtract the entry's size.
    private static bool MemoryCacheRefusesEverything()
    {
        using var cache = new MemoryCache(new MemoryCacheOptions { SizeLimit = Capacity });
        var keys = Enumerable.Range(0, Capacity).Select(_ => new InterceptedKey()).ToList();
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
        var cache = new BoundedCache<int, string>(new() { Capacity = Capacity });
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

    /// <summary>The values of the gauges <c>app.cache.entries</c> of this test's meters.</summary>
    private List<long> ReadEntriesGauges()
    {
        var values = new List<long>();
        var meters = Services.GetRequiredService<IMeterFactory>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, observer) =>
        {
            if (instrument.Name == "app.cache.entries" && instrument.Meter.Scope == meters)
                observer.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<int>((_, value, _, _) => values.Add(value));
        listener.SetMeasurementEventCallback<long>((_, value, _, _) => values.Add(value));
        listener.Start();
        listener.RecordObservableInstruments();
        return values;
    }
}
