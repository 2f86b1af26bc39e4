namespace Shop.ServiceDefaults.Caching;

/// <summary>
/// Which entry goes: SIEVE (Zhang et al., NSDI 2024) with counted uses. Entries stand in the order they came, a hit moves none. A hand goes
/// from old to new; it takes a use from each entry that has one and stops at the first that has none.
/// </summary>
internal sealed class SieveQueue<TKey, TValue>
{
    // Bounds the time under the lock where every entry was used; after it the least used of those that were passed goes.
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

    /// <summary>The entry that should go next; the queue has one.</summary>
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

    /// <summary>Another entry at each call, round and round; the queue has one.</summary>
    public CacheEntry<TKey, TValue> NextToSweep()
    {
        var entry = _sweep ?? _oldest!;
        _sweep = entry.Newer;
        return entry;
    }

    public CacheEntry<TKey, TValue>? Oldest => _oldest;
}
