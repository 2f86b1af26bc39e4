namespace Shop.ServiceDefaults.Caching;

/// <summary>
/// A part of the cache with its own lock. All shards use one budget; <paramref name="share"/> only decides which of them evicts.
/// </summary>
internal sealed partial class CacheShard<TKey, TValue>(
    CacheBudget budget, long share, CacheClock clock, KeyComparer<TKey> comparer, IEqualityComparer<TKey>? loadComparer)
    where TKey : notnull
{
    private readonly Lock _lock = new();
    private readonly CacheStore<TKey, TValue> _store = new(budget, clock, comparer);
    private long _writes;

    public long Weight => _store.Weight;

    /// <summary>The number of Sets, Removes and Clears so far.</summary>
    public long Writes => Volatile.Read(ref _writes);

    public long Evictions(EvictionReason reason) => _store.Evictions(reason);

    /// <summary>Finds an entry, expired or not; takes no lock.</summary>
    public CacheEntry<TKey, TValue>? Find(TKey key, uint hash) => _store.Find(key, hash);

    /// <summary>Inserts an entry if its condition holds, evicting others first. Supersedes a load of its key.</summary>
    public InsertResult TryInsert(
        CacheEntry<TKey, TValue> entry, InsertCondition<TKey, TValue> condition, ref EvictedEntries<TKey, TValue> evicted)
    {
        lock (_lock)
        {
            var now = clock.Now;
            var old = FindLive(entry.Key, entry.Hash, now, ref evicted);
            if (!Holds(condition, entry.Key, old))
                return InsertResult.Superseded;
            if (condition.IsUnconditional)
                Volatile.Write(ref _writes, _writes + 1);
            _store.Sweep(now, ref evicted);
            var result = entry.Weight > budget.MaxEntryWeight ? Refuse(entry, old, ref evicted)
                : old is null || old.Weight < entry.Weight ? Add(entry, old, now, ref evicted)
                : Replace(entry, old, ref evicted);
            // Only now: a load that waits for capacity is still current and is inserted when it retries.
            if (result is not InsertResult.NeedsCapacity)
                SupersedeLoad(entry.Key);
            return result;
        }
    }

    private bool Holds(InsertCondition<TKey, TValue> condition, TKey key, CacheEntry<TKey, TValue>? old)
        => condition.Load is { } load ? IsCurrent(load) : condition.Writes is null || condition.Writes == _writes && old is null;

    private InsertResult Refuse(CacheEntry<TKey, TValue> entry, CacheEntry<TKey, TValue>? old, ref EvictedEntries<TKey, TValue> evicted)
    {
        if (old is not null)
            _store.Drop(old, EvictionReason.Replaced, ref evicted);
        _store.Refuse(entry, ref evicted);
        return InsertResult.Refused;
    }

    private InsertResult Replace(CacheEntry<TKey, TValue> entry, CacheEntry<TKey, TValue> old, ref EvictedEntries<TKey, TValue> evicted)
    {
        _store.Replace(old, entry, ref evicted);
        return InsertResult.Inserted;
    }

    // Entries are evicted before the new one is inserted. Their weight is not released in between but passes to the new entry, and so does
    // the first one's place in the count.
    private InsertResult Add(
        CacheEntry<TKey, TValue> entry, CacheEntry<TKey, TValue>? old, long now, ref EvictedEntries<TKey, TValue> evicted)
    {
        var freed = 0L;
        if (old is not null)
        {
            _store.Remove(old, EvictionReason.Replaced, ref evicted);
            entry.Uses = old.Uses;
            freed = old.Weight;
        }
        while (!budget.TryReserve(entry.Weight - freed))
        {
            if (freed > 0)
                budget.DecrementCount();
            if (_store.IsEmpty || _store.Weight + entry.Weight <= share)
            {
                budget.TryReserve(-freed);
                return InsertResult.NeedsCapacity;
            }
            freed += _store.Evict(now, ref evicted).Weight;
        }
        if (freed == 0)
            budget.IncrementCount();
        _store.Add(entry);
        return InsertResult.Inserted;
    }

    /// <summary>Evicts one entry for another shard; false if there is none.</summary>
    public bool TryEvict(ref EvictedEntries<TKey, TValue> evicted)
    {
        lock (_lock)
        {
            if (_store.IsEmpty)
                return false;
            var victim = _store.Evict(clock.Now, ref evicted);
            budget.DecrementCount();
            return budget.TryReserve(-victim.Weight);
        }
    }

    /// <summary>Removes a key's entry; false if it had none or an expired one. Supersedes a load of the key.</summary>
    public bool Remove(TKey key, uint hash, ref EvictedEntries<TKey, TValue> evicted)
    {
        lock (_lock)
        {
            Volatile.Write(ref _writes, _writes + 1);
            SupersedeLoad(key);
            if (FindLive(key, hash, clock.Now, ref evicted) is not { } entry)
                return false;
            _store.Drop(entry, EvictionReason.Removed, ref evicted);
            return true;
        }
    }

    /// <summary>Evicts a key's entry if it has expired.</summary>
    public void Expire(TKey key, uint hash, ref EvictedEntries<TKey, TValue> evicted)
    {
        lock (_lock)
            FindLive(key, hash, clock.Now, ref evicted);
    }

    /// <summary>Removes all entries and supersedes all loads.</summary>
    public void Clear(ref EvictedEntries<TKey, TValue> evicted)
    {
        lock (_lock)
        {
            Volatile.Write(ref _writes, _writes + 1);
            _loads.Clear();
            _store.Clear(ref evicted);
        }
    }

    private CacheEntry<TKey, TValue>? FindLive(TKey key, uint hash, long now, ref EvictedEntries<TKey, TValue> evicted)
    {
        var entry = _store.Find(key, hash);
        if (entry is null || now < entry.Deadline)
            return entry;
        _store.Drop(entry, EvictionReason.Expired, ref evicted);
        return null;
    }
}
