namespace Shop.ServiceDefaults.Caching;

/// <summary>The bounds of a <see cref="BoundedCache{TKey,TValue}"/>.</summary>
public sealed class BoundedCacheOptions<TKey, TValue> where TKey : notnull
{
    /// <summary>
    /// The maximum total weight of the entries, at least 1: a number of entries, or of bytes where <see cref="WeightOf"/> is set.
    /// </summary>
    public required long Capacity { get; init; }

    /// <summary>
    /// The weight of an entry, in bytes, at least 1; called once when the entry is created. Without it each entry weighs 1.
    /// </summary>
    public Func<TKey, TValue, long>? WeightOf { get; init; }

    /// <summary>
    /// The maximum weight of one entry, at least 1; a heavier one is refused. Without it one entry may use the whole capacity.
    /// </summary>
    public long? MaxEntryWeight { get; init; }

    /// <summary>How long an entry is kept after its last use (positive); without it, use does not affect expiration.</summary>
    public TimeSpan? SlidingExpiration { get; init; }

    /// <summary>How long an entry is kept after it was set (positive), however often it is used.</summary>
    public TimeSpan? AbsoluteExpiration { get; init; }

    /// <summary>
    /// Called for each entry that left the cache, outside all locks, on the thread whose call evicted it. Its first exception is rethrown
    /// to that thread's caller after all entries were reported.
    /// </summary>
    public Action<TKey, TValue, EvictionReason>? OnEvicted { get; init; }

    /// <summary>Compares keys; the default comparer where it is null.</summary>
    public IEqualityComparer<TKey>? Comparer { get; init; }

    /// <summary>The clock; expiration uses its monotonic timestamps.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
