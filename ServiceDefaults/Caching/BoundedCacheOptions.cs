namespace Shop.ServiceDefaults.Caching;

/// <summary>What bounds a <see cref="BoundedCache{TKey,TValue}"/>.</summary>
public sealed class BoundedCacheOptions<TKey, TValue> where TKey : notnull
{
    /// <summary>The most that the entries may weigh together, at least 1: a number of entries, or of bytes where <see cref="WeightOf"/> tells bytes. One entry may weigh all of it.</summary>
    public required long Capacity { get; init; }

    /// <summary>What an entry weighs, in bytes, at least 1, asked once when it is set; without it each entry weighs 1.</summary>
    public Func<TKey, TValue, long>? WeightOf { get; init; }

    /// <summary>How long an entry stays after its last use, more than zero; without it, use does not matter.</summary>
    public TimeSpan? SlidingExpiration { get; init; }

    /// <summary>How long an entry stays after it was set, more than zero, however often it is used.</summary>
    public TimeSpan? AbsoluteExpiration { get; init; }

    /// <summary>Told of each entry that left, outside all locks, by the thread whose call made it leave. What it throws reaches that thread's caller, after all were told.</summary>
    public Action<TKey, TValue, EvictionReason>? OnEvicted { get; init; }

    /// <summary>Compares keys.</summary>
    public IEqualityComparer<TKey>? Comparer { get; init; }

    /// <summary>The clock; expiry goes by its monotonic time.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
