using System.Runtime.ExceptionServices;

namespace Shop.ServiceDefaults.Caching;

/// <summary>
/// Entries that were evicted under a lock and are reported outside it. An intrusive list: most calls evict one entry and should not
/// allocate for that.
/// </summary>
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

    /// <summary>Reports all entries in the order of their eviction, then rethrows the first exception of the callback.</summary>
    public readonly void Notify(Action<TKey, TValue, EvictionReason>? onEvicted)
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
