namespace Shop.ServiceDefaults.Caching;

/// <summary>Why an entry left a <see cref="BoundedCache{TKey,TValue}"/>.</summary>
public enum EvictionReason
{
    /// <summary>It made room for another.</summary>
    Capacity,
    /// <summary>Its time was over.</summary>
    Expired,
    /// <summary>Its key got another value.</summary>
    Replaced,
    /// <summary>It was removed, or the cache was cleared.</summary>
    Removed,
    /// <summary>It is larger than the cache takes and never came in.</summary>
    Refused,
}

/// <summary>What bounds a <see cref="BoundedCache{TKey,TValue}"/>.</summary>
public sealed class BoundedCacheOptions<TKey, TValue> where TKey : notnull
{
    /// <summary>The most that the entries may weigh together, at least 1: a number of entries, or of bytes where <see cref="WeightOf"/> tells bytes.</summary>
    public required long Capacity { get; init; }

    /// <summary>What an entry weighs, at least 1, asked once when it is set; without it each entry weighs 1.</summary>
    public Func<TKey, TValue, long>? WeightOf { get; init; }

    /// <summary>How long an entry stays after its last use; without it, use does not matter.</summary>
    public TimeSpan? SlidingExpiration { get; init; }

    /// <summary>How long an entry stays after it was set, however often it is used.</summary>
    public TimeSpan? AbsoluteExpiration { get; init; }

    /// <summary>Told of each entry that left, outside all locks.</summary>
    public Action<TKey, TValue, EvictionReason>? OnEvicted { get; init; }

    /// <summary>Compares keys.</summary>
    public IEqualityComparer<TKey>? Comparer { get; init; }

    /// <summary>The clock; expiry goes by its monotonic time.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
