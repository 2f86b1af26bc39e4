namespace Shop.ServiceDefaults.Caching;

/// <content>The loads in flight.</content>
internal sealed partial class CacheShard<TKey, TValue>
{
    private readonly Dictionary<TKey, CacheLoad<TKey, TValue>> _loads = new(loadComparer);

    /// <summary>Joins a key's load, or adds a new one that the caller must run; null if an entry was inserted in the meantime.</summary>
    public CacheLoad<TKey, TValue>? Join(TKey key, uint hash, out bool isNew, out CacheEntry<TKey, TValue>? entry)
    {
        lock (_lock)
        {
            isNew = false;
            entry = _store.Find(key, hash);
            if (entry is not null && clock.Now < entry.Deadline)
                return null;
            isNew = !_loads.TryGetValue(key, out var load);
            if (load is null)
                _loads[key] = load = new(key);
            load.Waiters++;
            return load;
        }
    }

    /// <summary>Removes a waiter from a load. When the last one leaves, the load is abandoned and the next caller starts another.</summary>
    public void Leave(CacheLoad<TKey, TValue> load)
    {
        lock (_lock)
        {
            if (--load.Waiters > 0)
                return;
            if (IsCurrent(load))
                _loads.Remove(load.Key);
        }
        load.Abandon();
    }

    /// <summary>Fails a load for all its waiters; the next caller starts another.</summary>
    public void Fail(CacheLoad<TKey, TValue> load, Exception exception)
    {
        lock (_lock)
        {
            if (IsCurrent(load))
                _loads.Remove(load.Key);
        }
        load.Fail(exception);
    }

    private void SupersedeLoad(TKey key)
    {
        if (_loads.Count > 0)
            _loads.Remove(key);
    }

    private bool IsCurrent(CacheLoad<TKey, TValue> load) => _loads.GetValueOrDefault(load.Key) == load;
}
