namespace Shop.ServiceDefaults.Caching;

/// <summary>What a shard holds: by key and in the order it came. Used under the shard's lock, but for <see cref="Find"/> and the numbers.</summary>
internal sealed class CacheStore<TKey, TValue>(CacheBudget budget, CacheClock clock, KeyComparer<TKey> comparer) where TKey : notnull
{
    // So many entries are tried for expiry at each Set: after half as many Sets as there are entries all were, and it costs little.
    private const int SweptPerSet = 2;

    private readonly CacheTable<TKey, TValue> _table = new(comparer);
    private readonly SieveQueue<TKey, TValue> _queue = new();
    private readonly GhostKeys _ghosts = new();
    private readonly long[] _evictions = new long[Enum.GetValues<EvictionReason>().Length];
    private long _weight;

    public long Weight => Volatile.Read(ref _weight);

    public bool IsEmpty => _queue.Count == 0;

    public long Evictions(EvictionReason reason) => Volatile.Read(ref _evictions[(int)reason]);

    /// <summary>Finds an entry, expired or not; without the lock.</summary>
    public CacheEntry<TKey, TValue>? Find(TKey key, uint hash) => _table.Find(key, hash);

    /// <summary>Adds an entry whose key is not here and whose weight was taken from the budget.</summary>
    public void Add(CacheEntry<TKey, TValue> entry)
    {
        if (_ghosts.Contains(entry.Hash, _queue.Count / 2))
            entry.Uses = 1;
        // Two chains per entry or more: an entry of another key, which a search passes, is a trip to memory.
        if (_queue.Count * 2 >= _table.Size)
        {
            _table.Grow();
            _ghosts.Resize(_table.Size / 2);
        }
        _queue.Add(entry);
        Volatile.Write(ref _weight, _weight + entry.Weight);
        _table.Add(entry);
    }

    /// <summary>Puts an entry in the place of one with its key that is as heavy or heavier.</summary>
    public void Replace(CacheEntry<TKey, TValue> old, CacheEntry<TKey, TValue> entry, ref EvictedEntries<TKey, TValue> left)
    {
        entry.Uses = old.Uses;
        _queue.Remove(old);
        _table.Replace(old, entry);
        _queue.Add(entry);
        Volatile.Write(ref _weight, _weight + entry.Weight - old.Weight);
        Leave(old, EvictionReason.Replaced, ref left);
        budget.TryTake(entry.Weight - old.Weight);
    }

    /// <summary>Takes an entry out without giving its weight back.</summary>
    public void Remove(CacheEntry<TKey, TValue> entry, EvictionReason reason, ref EvictedEntries<TKey, TValue> left)
    {
        _table.Remove(entry);
        _queue.Remove(entry);
        Volatile.Write(ref _weight, _weight - entry.Weight);
        Leave(entry, reason, ref left);
    }

    /// <summary>Takes an entry out and gives its weight back.</summary>
    public void Drop(CacheEntry<TKey, TValue> entry, EvictionReason reason, ref EvictedEntries<TKey, TValue> left)
    {
        Remove(entry, reason, ref left);
        budget.CountOut();
        budget.TryTake(-entry.Weight);
    }

    /// <summary>Takes out the entry that should go first, without giving its weight back; there is one.</summary>
    public CacheEntry<TKey, TValue> Evict(long now, ref EvictedEntries<TKey, TValue> left)
    {
        var entry = _queue.ChooseVictim();
        var isExpired = now >= entry.Deadline;
        if (!isExpired)
            _ghosts.Add(entry.Hash);
        Remove(entry, isExpired ? EvictionReason.Expired : EvictionReason.Capacity, ref left);
        return entry;
    }

    /// <summary>Drops some that expired, so that none stays for ever where others come in.</summary>
    public void Sweep(long now, ref EvictedEntries<TKey, TValue> left)
    {
        for (var swept = 0; swept < SweptPerSet && !IsEmpty && clock.Expires; swept++)
        {
            var entry = _queue.NextToSweep();
            if (now >= entry.Deadline)
                Drop(entry, EvictionReason.Expired, ref left);
        }
    }

    public void Refuse(CacheEntry<TKey, TValue> entry, ref EvictedEntries<TKey, TValue> left) => Leave(entry, EvictionReason.Refused, ref left);

    public void Clear(ref EvictedEntries<TKey, TValue> left)
    {
        while (_queue.Oldest is { } entry)
            Drop(entry, EvictionReason.Removed, ref left);
        _table.Clear();
        _ghosts.Resize(_table.Size / 2);
    }

    private void Leave(CacheEntry<TKey, TValue> entry, EvictionReason reason, ref EvictedEntries<TKey, TValue> left)
    {
        Volatile.Write(ref _evictions[(int)reason], _evictions[(int)reason] + 1);
        left.Add(entry, reason);
    }
}
