using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Shop.ServiceDefaults.Caching;

/// <summary>Tells of caches by the meter <see cref="MeterName"/>, each under the tag <c>cache</c>. It holds none of them alive.</summary>
public sealed class CacheMetrics
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "Shop.Caching";

    private static readonly EvictionReason[] Reasons = Enum.GetValues<EvictionReason>();
    private readonly ConcurrentDictionary<string, WeakReference<ICacheStatistics>> _caches = new();
    private readonly Meter _meter;

    /// <summary>Makes the meter.</summary>
    public CacheMetrics(IMeterFactory meters)
    {
        // The factory owns and disposes the meter.
        _meter = meters.Create(MeterName);
        _meter.CreateObservableGauge("app.cache.entries", () => Observe(cache => cache.Count), unit: "{entry}", description: "Entries in the cache");
        _meter.CreateObservableGauge("app.cache.bytes", () => Observe(cache => cache.Bytes), unit: "By", description: "What the entries of a cache bounded by bytes weigh");
        _meter.CreateObservableCounter("app.cache.hits", () => Observe(cache => cache.Hits), unit: "{request}", description: "Requests that found their key");
        _meter.CreateObservableCounter("app.cache.misses", () => Observe(cache => cache.Misses), unit: "{request}", description: "Requests that did not find their key");
        _meter.CreateObservableCounter("app.cache.evictions", ObserveEvictions, unit: "{entry}", description: "Entries that left the cache, or were refused");
    }

    /// <summary>Tells of a cache from now on, as long as it lives or until another takes the name.</summary>
    public void Observe(string name, ICacheStatistics cache) => _caches[name] = new(cache);

    private IEnumerable<Measurement<long>> Observe(Func<ICacheStatistics, long?> read)
        => from cache in Living() let value = read(cache.Cache) where value is not null select new Measurement<long>(value.Value, new KeyValuePair<string, object?>("cache", cache.Name));

    private IEnumerable<Measurement<long>> ObserveEvictions()
        => from cache in Living() from reason in Reasons
           select new Measurement<long>(cache.Cache.Evictions(reason), new("cache", cache.Name), new("reason", Name(reason)));

    private IEnumerable<(string Name, ICacheStatistics Cache)> Living()
    {
        foreach (var (name, reference) in _caches)
        {
            if (reference.TryGetTarget(out var cache))
                yield return (name, cache);
            else
                _caches.TryRemove(new(name, reference));
        }
    }

    private static string Name(EvictionReason reason) => reason switch
    {
        EvictionReason.Capacity => "capacity",
        EvictionReason.Expired => "expired",
        EvictionReason.Replaced => "replaced",
        EvictionReason.Removed => "removed",
        _ => "refused",
    };
}
