using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace Shop.ServiceDefaults.Caching;

/// <summary>A cache that is never over its bound, not for a moment. Safe for concurrent use.</summary>
public sealed class BoundedCache<TKey, TValue> where TKey : notnull
{
    private sealed record Entry(TKey Key, TValue Value, long Weight, long SetAt)
    {
        public long UsedAt { get; set; } = SetAt;
    }

    private readonly BoundedCacheOptions<TKey, TValue> _options;
    private readonly Lock _lock = new();
    private readonly Dictionary<TKey, LinkedListNode<Entry>> _entries;
    private readonly LinkedList<Entry> _order = [];
    private readonly ConcurrentDictionary<TKey, Task<TValue>> _loads;
    private long _weight;

    /// <summary>Makes an empty cache.</summary>
    public BoundedCache(BoundedCacheOptions<TKey, TValue> options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Capacity, 1);
        _options = options;
        _entries = new(options.Comparer);
        _loads = new(options.Comparer);
    }

    /// <summary>How many entries it holds.</summary>
    public long Count
    {
        get
        {
            lock (_lock)
                return _entries.Count;
        }
    }

    /// <summary>What its entries weigh together.</summary>
    public long Weight
    {
        get
        {
            lock (_lock)
                return _weight;
        }
    }

    /// <summary>Finds an entry whose time is not over.</summary>
    public bool TryGet(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        Entry? expired = null;
        lock (_lock)
        {
            if (_entries.TryGetValue(key, out var node))
            {
                if (!IsExpired(node.Value))
                {
                    node.Value.UsedAt = _options.Time.GetTimestamp();
                    _order.Remove(node);
                    _order.AddFirst(node);
                    value = node.Value.Value;
                    return true;
                }
                expired = Unlink(node);
            }
        }
        if (expired is not null)
            _options.OnEvicted?.Invoke(expired.Key, expired.Value, EvictionReason.Expired);
        value = default;
        return false;
    }

    /// <summary>Sets an entry; false if it alone is over the bound, and then neither it nor an older one with its key is in the cache.</summary>
    public bool Set(TKey key, TValue value)
    {
        var entry = new Entry(key, value, _options.WeightOf?.Invoke(key, value) ?? 1, _options.Time.GetTimestamp());
        List<(Entry, EvictionReason)> left = [];
        lock (_lock)
        {
            if (_entries.TryGetValue(key, out var old))
                left.Add((Unlink(old), EvictionReason.Replaced));
            if (entry.Weight > _options.Capacity)
            {
                left.Add((entry, EvictionReason.Refused));
            }
            else
            {
                while (_weight + entry.Weight > _options.Capacity)
                    left.Add((Unlink(_order.Last!), EvictionReason.Capacity));
                _entries[key] = _order.AddFirst(entry);
                _weight += entry.Weight;
            }
        }
        foreach (var (gone, reason) in left)
            _options.OnEvicted?.Invoke(gone.Key, gone.Value, reason);
        return entry.Weight <= _options.Capacity;
    }

    /// <summary>Removes an entry; false if there was none.</summary>
    public bool Remove(TKey key)
    {
        Entry removed;
        lock (_lock)
        {
            if (!_entries.TryGetValue(key, out var node))
                return false;
            removed = Unlink(node);
        }
        _options.OnEvicted?.Invoke(removed.Key, removed.Value, EvictionReason.Removed);
        return true;
    }

    /// <summary>Finds an entry or creates it; of callers that race, all get the same one.</summary>
    public TValue GetOrAdd(TKey key, Func<TKey, TValue> create)
    {
        lock (_lock)
        {
            if (TryGet(key, out var found))
                return found;
            var created = create(key);
            Set(key, created);
            return created;
        }
    }

    /// <summary>Finds an entry or loads it: one load per key at a time, which all who ask share; one that fails is not kept.</summary>
    public async ValueTask<TValue> GetOrAddAsync(TKey key, Func<TKey, CancellationToken, ValueTask<TValue>> load, CancellationToken cancellationToken)
    {
        if (TryGet(key, out var found))
            return found;
        var source = new TaskCompletionSource<TValue>(TaskCreationOptions.RunContinuationsAsynchronously);
        var running = _loads.GetOrAdd(key, source.Task);
        if (running != source.Task)
            return await running.WaitAsync(cancellationToken);
        try
        {
            var value = await load(key, cancellationToken);
            Set(key, value);
            source.SetResult(value);
            return value;
        }
        catch (Exception exception)
        {
            source.SetException(exception);
            _ = source.Task.Exception;
            throw;
        }
        finally
        {
            _loads.TryRemove(key, out _);
        }
    }

    /// <summary>Removes all entries.</summary>
    public void Clear()
    {
        List<Entry> all;
        lock (_lock)
        {
            all = [.. _order];
            _entries.Clear();
            _order.Clear();
            _weight = 0;
        }
        foreach (var entry in all)
            _options.OnEvicted?.Invoke(entry.Key, entry.Value, EvictionReason.Removed);
    }

    private Entry Unlink(LinkedListNode<Entry> node)
    {
        _entries.Remove(node.Value.Key);
        _order.Remove(node);
        _weight -= node.Value.Weight;
        return node.Value;
    }

    private bool IsExpired(Entry entry)
        => _options.Time.GetElapsedTime(entry.SetAt) >= (_options.AbsoluteExpiration ?? TimeSpan.MaxValue)
            || _options.Time.GetElapsedTime(entry.UsedAt) >= (_options.SlidingExpiration ?? TimeSpan.MaxValue);
}
