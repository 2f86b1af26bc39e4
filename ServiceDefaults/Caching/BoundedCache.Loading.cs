namespace Shop.ServiceDefaults.Caching;

/// <content>Get-or-add, synchronous and asynchronous.</content>
public sealed partial class BoundedCache<TKey, TValue>
{
    /// <summary>
    /// Finds an entry or creates it. Racing callers all receive the same value. <paramref name="create"/> runs outside all locks and may
    /// use the cache. Racing callers may each run it, and one caller may run it again if the cache was written in the meantime; only one
    /// result is inserted and the others are dropped.
    /// </summary>
    public TValue GetOrAdd(TKey key, Func<TKey, TValue> create)
    {
        var hash = _comparer.Hash(key);
        var shard = ShardOf(hash);
        // Must be read before the lookup: a Set or Remove after this point may make the created value outdated.
        var writes = shard.Writes;
        var found = Find(shard, key, hash);
        while (found is null)
        {
            var created = NewEntry(key, hash, create(key));
            if (Insert(created, new(Writes: writes)) is not InsertResult.Superseded)
                return created.Value;
            writes = shard.Writes;
            found = shard.Find(key, hash) is { } other && _clock.TryUse(other) ? other : null;
        }
        return found.Value;
    }

    /// <summary>
    /// Finds an entry or loads it. There is one load per key at a time, shared by all callers. A failed load is not cached and fails every
    /// waiter. A caller's token cancels only its own wait; the load's token is cancelled when the last waiter has left. A Set, Remove or
    /// Clear during the load supersedes it: waiters receive the loaded value, but it is not cached. A load must not request its own key.
    /// </summary>
    public ValueTask<TValue> GetOrAddAsync(
        TKey key, Func<TKey, CancellationToken, ValueTask<TValue>> load, CancellationToken cancellationToken)
    {
        var hash = _comparer.Hash(key);
        var shard = ShardOf(hash);
        return Find(shard, key, hash) is { } found ? new(found.Value) : LoadAsync(shard, key, hash, load, cancellationToken);
    }

    private async ValueTask<TValue> LoadAsync(
        CacheShard<TKey, TValue> shard, TKey key, uint hash,
        Func<TKey, CancellationToken, ValueTask<TValue>> load, CancellationToken cancellationToken)
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

    private async Task RunAsync(
        CacheShard<TKey, TValue> shard, CacheLoad<TKey, TValue> running, uint hash, Func<TKey, CancellationToken, ValueTask<TValue>> load)
    {
        try
        {
            var value = await load(running.Key, running.Abandoned);
            Insert(NewEntry(running.Key, hash, value), new(Load: running));
            running.Succeed(value);
        }
        catch (Exception exception)
        {
            shard.Fail(running, exception);
        }
    }
}
