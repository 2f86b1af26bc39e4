using System.Runtime.ExceptionServices;

namespace Shop.ServiceDefaults.Caching;

/// <summary>Entries that left under a lock, to be told of outside it; linked through themselves, as most calls evict one and should allocate nothing for that.</summary>
internal struct EvictedEntries<TKey, TValue> where TKey : notnull
{
    private CacheEntry<TKey, TValue>? _first, _last;

    public void Add(CacheEntry<TKey, TValue> entry, EvictionReason reason)
    {
        entry.Reason = reason;
        if (_last is null)
            _first = entry;
        else
            _last.Newer = entry;
        _last = entry;
    }

    /// <summary>Tells of all, in the order they left, then throws what the first that failed threw.</summary>
    public readonly void Tell(Action<TKey, TValue, EvictionReason>? onEvicted)
    {
        if (onEvicted is null)
            return;
        ExceptionDispatchInfo? failure = null;
        for (var entry = _first; entry is not null; entry = entry.Newer)
        {
            try
            {
                onEvicted(entry.Key, entry.Value, entry.Reason);
            }
            catch (Exception exception)
            {
                failure ??= ExceptionDispatchInfo.Capture(exception);
            }
        }
        failure?.Throw();
    }
}
