namespace Shop.ServiceDefaults.Caching;

/// <summary>
/// Chooses the entry to evict: SIEVE (Zhang et al., NSDI 2024) with counted uses. Entries stay in insertion order; a hit moves none. A hand
/// moves from old to new, decrements the uses of each entry that has some, and stops at the first that has none.
/// </summary>
internal sealed class SieveQueue<TKey, TValue>
{
    // Bounds the time under the lock where every entry was used; after this many steps the least used of the visited entries is the victim.
    private const int MaxSteps = 64;

    private CacheEntry<TKey, TValue>? _oldest, _newest, _hand, _sweep;

    public int Count { get; private set; }

    public void Add(CacheEntry<TKey, TValue> entry)
    {
        entry.Older = _newest;
        if (_newest is null)
            _oldest = entry;
        else
            _newest.Newer = entry;
        _newest = entry;
        Count++;
    }

    public void Remove(CacheEntry<TKey, TValue> entry)
    {
        if (_hand == entry)
            _hand = entry.Newer;
        if (_sweep == entry)
            _sweep = entry.Newer;
        if (entry.Older is null)
            _oldest = entry.Newer;
        else
            entry.Older.Newer = entry.Newer;
        if (entry.Newer is null)
            _newest = entry.Older;
        else
            entry.Newer.Older = entry.Older;
        entry.Older = entry.Newer = null;
        Count--;
    }

    /// <summary>The entry to evict next. The queue must not be empty.</summary>
    public CacheEntry<TKey, TValue> ChooseVictim()
    {
        var hand = _hand ?? _oldest!;
        var least = hand;
        for (var step = 0; hand.Uses > 0 && step < MaxSteps; step++)
        {
            hand.Uses--;
            if (hand.Uses < least.Uses)
                least = hand;
            hand = hand.Newer ?? _oldest!;
        }
        _hand = hand;
        return hand.Uses == 0 ? hand : least;
    }

    /// <summary>The entry to check for expiry next: each call returns the next one, cyclically. The queue must not be empty.</summary>
    public CacheEntry<TKey, TValue> NextToSweep()
    {
        var entry = _sweep ?? _oldest!;
        _sweep = entry.Newer;
        return entry;
    }

    public CacheEntry<TKey, TValue>? Oldest => _oldest;
}
