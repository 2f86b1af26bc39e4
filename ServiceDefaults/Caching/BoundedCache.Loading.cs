namespace Shop.ServiceDefaults.Caching;

/// <content>What fills the cache when a key is missing.</content>
public sealed partial class BoundedCache<TKey, TValue>
{
    /// <summary>
    /// Finds an entry or creates it; of callers that race, all get the same one. <paramref name="create"/> runs outside all locks and may use
    /// the cache. Callers that race may each run it, and one caller again if the cache was written meanwhile; what loses is dropped.
    /// </summary>
    public TValue GetOrAdd(TKey key, Func<TKey, TValue> create)
    {
        var hash = _comparer.Hash(key);
        var shard = ShardOf(hash);
        // Read before the look-up: a Set or Remove after it means that what is created now may be outdated.
        var writes = shard.Writes;
        var found = Find(shard, key, hash);
        while (found is null)
        {
            var created = NewEntry(key, hash, create(key));
            if (Place(created, new(Writes: writes)) is not Placement.Overtaken)
                return created.Value;
            writes = shard.Writes;
            found = shard.Find(key, hash) is { } other && _clock.TryUse(other) ? other : null;
        }
        return found.Value;
    }

    /// <summary>
    /// Finds an entry or loads it: one load per key at a time, which all who ask share; one that fails is not kept and fails all who wait.
    /// A caller's token ends only its own wait; the load's token is cancelled when nobody waits any more. A Set, Remove or Clear during the
    /// load has the last word: who waits gets what was loaded, but it does not come into the cache. A load must not ask for its own key.
    /// </summary>
    public ValueTask<TValue> GetOrAddAsync(TKey key, Func<TKey, CancellationToken, ValueTask<TValue>> load, CancellationToken cancellationToken)
    {
        var hash = _comparer.Hash(key);
        var shard = ShardOf(hash);
        return Find(shard, key, hash) is { } found ? new(found.Value) : LoadAsync(shard, key, hash, load, cancellationToken);
    }

    private async ValueTask<TValue> LoadAsync(CacheShard<TKey, TValue> shard, TKey key, uint hash, Func<TKey, CancellationToken, ValueTask<TValue>> load, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (shard.Join(key, hash, out var isNew, out var entry) is not { } joined)
            return entry!.Value;
        if (isNew)
            _ = RunAsync(shard, joined, hash, load);
        try
        {
            return await joined.Task.WaitAsync(cancellationToken);
        }
        finally
        {
            shard.Leave(joined);
        }
    }

    private async Task RunAsync(CacheShard<TKey, TValue> shard, CacheLoad<TKey, TValue> running, uint hash, Func<TKey, CancellationToken, ValueTask<TValue>> load)
    {
        try
        {
            var value = await load(running.Key, running.Abandoned);
            Place(NewEntry(running.Key, hash, value), new(Load: running));
            running.Succeed(value);
        }
        catch (Exception exception)
        {
            shard.Fail(running, exception);
        }
    }
}
