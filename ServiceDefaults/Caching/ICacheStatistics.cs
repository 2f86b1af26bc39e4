namespace Shop.ServiceDefaults.Caching;

/// <summary>What a cache holds and has done, for <see cref="CacheMetrics"/>.</summary>
public interface ICacheStatistics
{
    /// <summary>How many entries it holds.</summary>
    long Count { get; }

    /// <summary>How many bytes its entries weigh; null where the cache counts entries only.</summary>
    long? Bytes { get; }

    /// <summary>How often a key was found, since the cache was made.</summary>
    long Hits { get; }

    /// <summary>How often a key was not found, since the cache was made.</summary>
    long Misses { get; }

    /// <summary>How many entries left for this reason, since the cache was made.</summary>
    long Evictions(EvictionReason reason);
}
