namespace Shop.ServiceDefaults.Caching;

/// <summary>
/// A key, its value, and its places in the shard's table and queue. Key and value never change, so that a reader without the lock
/// sees either this entry or its successor, never half of each.
/// </summary>
internal sealed class CacheEntry<TKey, TValue>(TKey key, TValue value, uint hash, long weight)
{
    public readonly TKey Key = key;
    public readonly TValue Value = value;
    public readonly uint Hash = hash;
    public readonly long Weight = weight;

    /// <summary>The next in the table's chain. It stays when the entry leaves: a reader may still stand on it.</summary>
    public volatile CacheEntry<TKey, TValue>? Next;

    /// <summary>The neighbours in the queue, under the shard's lock; of an entry that left, <see cref="Newer"/> is the one that left after it.</summary>
    public CacheEntry<TKey, TValue>? Older, Newer;

    /// <summary>When it expires, in the clock's timestamps; use moves it on, up to <see cref="LastDeadline"/>.</summary>
    public long Deadline = CacheClock.Never;

    /// <summary>What no use moves the deadline beyond.</summary>
    public long LastDeadline = CacheClock.Never;

    /// <summary>Uses since the queue's hand passed, at most <see cref="MaxUses"/>. Readers write it without a lock: a lost count costs nothing but a little wisdom.</summary>
    public byte Uses;

    /// <summary>Why it left.</summary>
    public EvictionReason Reason;

    /// <summary>More than these, and one that was popular long ago stays too long.</summary>
    public const byte MaxUses = 3;

    public void CountUse()
    {
        // The test keeps a popular entry's memory from being written, and so from travelling between cores, on each hit.
        var uses = Uses;
        if (uses < MaxUses)
            Uses = (byte)(uses + 1);
    }
}
