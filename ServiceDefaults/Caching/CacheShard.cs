namespace Shop.ServiceDefaults.Caching;

/// <summary>A part of the cache with a lock of its own. All shards share the budget; <paramref name="share"/> only says which of them makes room.</summary>
internal sealed partial class CacheShard<TKey, TValue>(CacheBudget budget, long share, CacheClock clock, KeyComparer<TKey> comparer, IEqualityComparer<TKey>? loadComparer)
    where TKey : notnull
{
    private readonly Lock _lock = new();
    private readonly CacheStore<TKey, TValue> _store = new(budget, clock, comparer);
    private long _writes;

    public long Weight => _store.Weight;

    /// <summary>How often something was set or removed.</summary>
    public long Writes => Volatile.Read(ref _writes);

    public long Evictions(EvictionReason reason) => _store.Evictions(reason);

    /// <summary>Finds an entry, expired or not; without the lock.</summary>
    public CacheEntry<TKey, TValue>? Find(TKey key, uint hash) => _store.Find(key, hash);

    /// <summary>Lets an entry in if its claim holds, after room was made. Whoever loads its key at the time is overtaken.</summary>
    public Placement TryPlace(CacheEntry<TKey, TValue> entry, CacheClaim<TKey, TValue> claim, ref EvictedEntries<TKey, TValue> left)
    {
        lock (_lock)
        {
            var now = clock.Now;
            var old = FindLive(entry.Key, entry.Hash, now, ref left);
            if (!Holds(claim, entry.Key, old))
                return Placement.Overtaken;
            if (claim.IsAbsolute)
                Volatile.Write(ref _writes, _writes + 1);
            _store.Sweep(now, ref left);
            var placement = entry.Weight > budget.Capacity ? Refuse(entry, old, ref left)
                : old is null || old.Weight < entry.Weight ? Add(entry, old, now, ref left)
                : Replace(entry, old, ref left);
            // Not before: a load that waits for room still has its say.
            if (placement is not Placement.NeedsRoom)
                Overtake(entry.Key);
            return placement;
        }
    }

    private bool Holds(CacheClaim<TKey, TValue> claim, TKey key, CacheEntry<TKey, TValue>? old)
        => claim.Load is { } load ? IsCurrent(load) : claim.Writes is null || claim.Writes == _writes && old is null;

    private Placement Refuse(CacheEntry<TKey, TValue> entry, CacheEntry<TKey, TValue>? old, ref EvictedEntries<TKey, TValue> left)
    {
        if (old is not null)
            _store.Drop(old, EvictionReason.Replaced, ref left);
        _store.Refuse(entry, ref left);
        return Placement.Refused;
    }

    private Placement Replace(CacheEntry<TKey, TValue> entry, CacheEntry<TKey, TValue> old, ref EvictedEntries<TKey, TValue> left)
    {
        _store.Replace(old, entry, ref left);
        return Placement.Placed;
    }

    // Entries leave before the new one comes. Their weight is not given back meanwhile but passes to it, and the first one's place in the count too.
    private Placement Add(CacheEntry<TKey, TValue> entry, CacheEntry<TKey, TValue>? old, long now, ref EvictedEntries<TKey, TValue> left)
    {
        var freed = 0L;
        if (old is not null)
        {
            _store.Remove(old, EvictionReason.Replaced, ref left);
            entry.Uses = old.Uses;
            freed = old.Weight;
        }
        while (!budget.TryTake(entry.Weight - freed))
        {
            if (freed > 0)
                budget.CountOut();
            if (_store.IsEmpty || _store.Weight + entry.Weight <= share)
            {
                budget.TryTake(-freed);
                return Placement.NeedsRoom;
            }
            freed += _store.Evict(now, ref left).Weight;
        }
        if (freed == 0)
            budget.CountIn();
        _store.Add(entry);
        return Placement.Placed;
    }

    /// <summary>Evicts one entry for another shard; false if there is none.</summary>
    public bool TryEvict(ref EvictedEntries<TKey, TValue> left)
    {
        lock (_lock)
        {
            if (_store.IsEmpty)
                return false;
            var gone = _store.Evict(clock.Now, ref left);
            budget.CountOut();
            return budget.TryTake(-gone.Weight);
        }
    }

    /// <summary>Removes a key's entry; false if it had none whose time was not over. Whoever loads the key at the time is overtaken.</summary>
    public bool Remove(TKey key, uint hash, ref EvictedEntries<TKey, TValue> left)
    {
        lock (_lock)
        {
            Volatile.Write(ref _writes, _writes + 1);
            Overtake(key);
            if (FindLive(key, hash, clock.Now, ref left) is not { } entry)
                return false;
            _store.Drop(entry, EvictionReason.Removed, ref left);
            return true;
        }
    }

    /// <summary>Drops a key's entry if it expired.</summary>
    public void Expire(TKey key, uint hash, ref EvictedEntries<TKey, TValue> left)
    {
        lock (_lock)
            FindLive(key, hash, clock.Now, ref left);
    }

    /// <summary>Removes all entries; who loads at the time is overtaken.</summary>
    public void Clear(ref EvictedEntries<TKey, TValue> left)
    {
        lock (_lock)
        {
            Volatile.Write(ref _writes, _writes + 1);
            _loads.Clear();
            _store.Clear(ref left);
        }
    }

    private CacheEntry<TKey, TValue>? FindLive(TKey key, uint hash, long now, ref EvictedEntries<TKey, TValue> left)
    {
        var entry = _store.Find(key, hash);
        if (entry is null || now < entry.Deadline)
            return entry;
        _store.Drop(entry, EvictionReason.Expired, ref left);
        return null;
    }
}
