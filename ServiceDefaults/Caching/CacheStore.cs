namespace Shop.ServiceDefaults.Caching;

/// <summary>
/// A shard's entries, by key and in insertion order. All members require the shard's lock, except <see cref="Find"/>, <see cref="Weight"/>
/// and <see cref="Evictions"/>.
/// </summary>
internal sealed class CacheStore<TKey, TValue>(CacheBudget budget, CacheClock clock, KeyComparer<TKey> comparer) where TKey : notnull
{
    // Each insertion checks this many entries for expiry, so all n entries are checked within n / 2 insertions at little cost.
    private const int SweptPerInsert = 2;

    private readonly CacheTable<TKey, TValue> _table = new(comparer);
    private readonly SieveQueue<TKey, TValue> _queue = new();
    private readonly GhostKeys _ghosts = new();
    private readonly long[] _evictions = new long[Enum.GetValues<EvictionReason>().Length];
    private long _weight;

    public long Weight => Volatile.Read(ref _weight);

    public bool IsEmpty => _queue.Count == 0;

    public long Evictions(EvictionReason reason) => Volatile.Read(ref _evictions[(int)reason]);

    /// <summary>Finds an entry, expired or not; takes no lock.</summary>
    public CacheEntry<TKey, TValue>? Find(TKey key, uint hash) => _table.Find(key, hash);

    /// <summary>Adds an entry whose key is not in the shard and whose weight was reserved in the budget.</summary>
    public void Add(CacheEntry<TKey, TValue> entry)
    {
        if (_ghosts.Contains(entry.Hash, _queue.Count / 2))
            entry.Uses = 1;
        // At least two buckets per entry: each entry of another key in a chain costs a lookup one more memory access.
        if (_queue.Count * 2 >= _table.Size)
        {
            _table.Grow();
            _ghosts.Resize(_table.Size / 2);
        }
        _queue.Add(entry);
        Volatile.Write(ref _weight, _weight + entry.Weight);
        _table.Add(entry);
    }

    /// <summary>Replaces an entry by one with the same key and at most the same weight.</summary>
    public void Replace(CacheEntry<TKey, TValue> old, CacheEntry<TKey, TValue> entry, ref EvictedEntries<TKey, TValue> evicted)
    {
        entry.Uses = old.Uses;
        _queue.Remove(old);
        _table.Replace(old, entry);
        _queue.Add(entry);
        Volatile.Write(ref _weight, _weight + entry.Weight - old.Weight);
        RecordEviction(old, EvictionReason.Replaced, ref evicted);
        budget.TryReserve(entry.Weight - old.Weight);
    }

    /// <summary>Removes an entry; its weight stays reserved in the budget.</summary>
    public void Remove(CacheEntry<TKey, TValue> entry, EvictionReason reason, ref EvictedEntries<TKey, TValue> evicted)
    {
        _table.Remove(entry);
        _queue.Remove(entry);
        Volatile.Write(ref _weight, _weight - entry.Weight);
        RecordEviction(entry, reason, ref evicted);
    }

    /// <summary>Removes an entry and releases its weight.</summary>
    public void Drop(CacheEntry<TKey, TValue> entry, EvictionReason reason, ref EvictedEntries<TKey, TValue> evicted)
    {
        Remove(entry, reason, ref evicted);
        budget.DecrementCount();
        budget.TryReserve(-entry.Weight);
    }

    /// <summary>Evicts the entry that the queue chooses; its weight stays reserved. The shard must not be empty.</summary>
    public CacheEntry<TKey, TValue> Evict(long now, ref EvictedEntries<TKey, TValue> evicted)
    {
        var entry = _queue.ChooseVictim();
        var isExpired = now >= entry.Deadline;
        if (!isExpired)
            _ghosts.Add(entry.Hash);
        Remove(entry, isExpired ? EvictionReason.Expired : EvictionReason.Capacity, ref evicted);
        return entry;
    }

    /// <summary>Checks some entries and evicts the expired ones, so that insertions eventually release every expired entry.</summary>
    public void Sweep(long now, ref EvictedEntries<TKey, TValue> evicted)
    {
        for (var swept = 0; swept < SweptPerInsert && !IsEmpty && clock.Expires; swept++)
        {
            var entry = _queue.NextToSweep();
            if (now >= entry.Deadline)
                Drop(entry, EvictionReason.Expired, ref evicted);
        }
    }

    public void Refuse(CacheEntry<TKey, TValue> entry, ref EvictedEntries<TKey, TValue> evicted)
        => RecordEviction(entry, EvictionReason.Refused, ref evicted);

    public void Clear(ref EvictedEntries<TKey, TValue> evicted)
    {
        while (_queue.Oldest is { } entry)
            Drop(entry, EvictionReason.Removed, ref evicted);
        _table.Clear();
        _ghosts.Resize(_table.Size / 2);
    }

    private void RecordEviction(CacheEntry<TKey, TValue> entry, EvictionReason reason, ref EvictedEntries<TKey, TValue> evicted)
    {
        Volatile.Write(ref _evictions[(int)reason], _evictions[(int)reason] + 1);
        evicted.Add(entry, reason);
    }
}
