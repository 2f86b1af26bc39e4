namespace Shop.ServiceDefaults.Caching;

/// <summary>The statistics of a cache for <see cref="CacheMetrics"/>, and its trace for those who size it.</summary>
public interface ICacheStatistics
{
    /// <summary>The maximum total weight of the entries: a number of entries, or of bytes.</summary>
    long Capacity { get; }

    /// <summary>The number of entries.</summary>
    long Count { get; }

    /// <summary>The total weight of the entries in bytes; null where the cache is bounded by their number.</summary>
    long? Bytes { get; }

    /// <summary>The number of lookups that found their key.</summary>
    long Hits { get; }

    /// <summary>The number of lookups that did not find their key.</summary>
    long Misses { get; }

    /// <summary>The number of entries that left the cache for this reason.</summary>
    long Evictions(EvictionReason reason);

    /// <summary>Records the keys that are looked up; null, as usual, records nothing.</summary>
    CacheTrace? Trace { get; set; }
}
