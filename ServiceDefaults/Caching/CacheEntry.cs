namespace Shop.ServiceDefaults.Caching;

/// <summary>
/// A key, its value, and its links in the shard's table and queue. Key and value are immutable, so a reader without the lock sees either
/// this entry or its replacement, never a mixture.
/// </summary>
internal sealed class CacheEntry<TKey, TValue>(TKey key, TValue value, uint hash, long weight)
{
    public readonly TKey Key = key;
    public readonly TValue Value = value;
    public readonly uint Hash = hash;
    public readonly long Weight = weight;

    /// <summary>
    /// The next entry in the table's chain. It is kept when the entry is removed: a concurrent reader may still follow it.
    /// </summary>
    public volatile CacheEntry<TKey, TValue>? Next;

    /// <summary>
    /// The neighbours in the queue, guarded by the shard's lock. <see cref="Newer"/> of an evicted entry links to the next evicted one.
    /// </summary>
    public CacheEntry<TKey, TValue>? Older, Newer;

    /// <summary>When the entry expires, as a timestamp of the clock; use extends it, up to <see cref="LastDeadline"/>.</summary>
    public long Deadline = CacheClock.Never;

    /// <summary>The latest deadline that use can extend to.</summary>
    public long LastDeadline = CacheClock.Never;

    /// <summary>
    /// Uses since the queue's hand passed, at most <see cref="MaxUses"/>. Readers write it without a lock: a lost increment only makes
    /// eviction slightly less accurate.
    /// </summary>
    public byte Uses;

    /// <summary>Why the entry left the cache.</summary>
    public EvictionReason Reason;

    /// <summary>With a higher maximum, an entry that was popular long ago would be retained too long.</summary>
    public const byte MaxUses = 3;

    public void CountUse()
    {
        // The check avoids a write on each hit of a popular entry, which would move its cache line between cores.
        var uses = Uses;
        if (uses < MaxUses)
            Uses = (byte)(uses + 1);
    }
}
