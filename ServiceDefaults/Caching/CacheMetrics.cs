using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Shop.ServiceDefaults.Caching;

/// <summary>
/// Publishes metrics of the registered caches through the meter <see cref="MeterName"/>, tagged <c>cache</c> with the cache's name; holds
/// the caches weakly.
/// </summary>
public sealed class CacheMetrics
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "Shop.Caching";

    private static readonly EvictionReason[] Reasons = Enum.GetValues<EvictionReason>();
    private readonly ConcurrentDictionary<string, WeakReference<ICacheStatistics>> _caches = new();
    private readonly Meter _meter;

    /// <summary>Creates the meter and its instruments.</summary>
    public CacheMetrics(IMeterFactory meters)
    {
        // The factory owns and disposes the meter.
        _meter = meters.Create(MeterName);
        _meter.CreateObservableGauge("app.cache.entries", () => Observe(cache => cache.Count), "{entry}", "Entries in the cache");
        _meter.CreateObservableGauge("app.cache.bytes", () => Observe(cache => cache.Bytes), "By", "Weight of a cache bounded by bytes");
        _meter.CreateObservableCounter("app.cache.hits", () => Observe(cache => cache.Hits), "{request}", "Lookups that found their key");
        _meter.CreateObservableCounter("app.cache.misses", () => Observe(cache => cache.Misses), "{request}", "Lookups without a result");
        _meter.CreateObservableCounter("app.cache.evictions", ObserveEvictions, "{entry}", "Entries that left the cache or were refused");
    }

    /// <summary>Registers a cache: its metrics are published until it is collected or another cache is registered under its name.</summary>
    public void Observe(string name, ICacheStatistics cache) => _caches[name] = new(cache);

    /// <summary>The registered caches that are alive, by their names.</summary>
    internal IEnumerable<(string Name, ICacheStatistics Cache)> Caches => LiveCaches();

    private IEnumerable<Measurement<long>> Observe(Func<ICacheStatistics, long?> read)
        => from cache in LiveCaches() let value = read(cache.Cache) where value is not null
           select new Measurement<long>(value.Value, new KeyValuePair<string, object?>("cache", cache.Name));

    private IEnumerable<Measurement<long>> ObserveEvictions()
        => from cache in LiveCaches() from reason in Reasons
           select new Measurement<long>(cache.Cache.Evictions(reason), new("cache", cache.Name), new("reason", Name(reason)));

    private IEnumerable<(string Name, ICacheStatistics Cache)> LiveCaches()
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
