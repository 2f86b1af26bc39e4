using System.Diagnostics.CodeAnalysis;
using System.Numerics;

namespace Shop.ServiceDefaults.Caching;

/// <summary>
/// A cache that never exceeds its bound, not even briefly: entries are evicted before a new one is inserted. Safe for concurrent use; a hit
/// takes no lock. <see cref="SieveQueue{TKey,TValue}"/> chooses the entry to evict. There is no timer: an expired entry is never returned,
/// but it is counted and retained until its key is requested or a later insertion sweeps it.
/// </summary>
public sealed partial class BoundedCache<TKey, TValue> : ICacheStatistics where TKey : notnull
{
    // In smaller shards, choosing the victim per shard would measurably lower the hit rate. A small cache has one shard and keeps the exact
    // order. Where entries have a maximum weight, a shard has room for so many of the heaviest.
    private const long MinShardEntries = 256;
    private const int MaxShardsPerCore = 4;

    private readonly BoundedCacheOptions<TKey, TValue> _options;
    private readonly KeyComparer<TKey> _comparer;
    private readonly CacheClock _clock;
    private readonly CacheBudget _budget;
    private readonly CacheCounters _counters = new();
    private readonly CacheShard<TKey, TValue>[] _shards;
    private readonly int _shardShift;
    private volatile CacheTrace? _trace;

    /// <summary>Creates an empty cache.</summary>
    public BoundedCache(BoundedCacheOptions<TKey, TValue> options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Capacity, 1);
        _options = options;
        _comparer = new(options.Comparer);
        _clock = new(options.Time, options.SlidingExpiration, options.AbsoluteExpiration);
        var maxEntryWeight = Math.Min(options.MaxEntryWeight ?? options.Capacity, options.Capacity);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxEntryWeight, 1);
        _budget = new(options.Capacity, maxEntryWeight);
        var minShardCapacity = MinShardEntries * (options.MaxEntryWeight ?? 1);
        var shards = Math.Clamp(options.Capacity / minShardCapacity, 1, Environment.ProcessorCount * MaxShardsPerCore);
        var bits = BitOperations.Log2((ulong)shards);
        _shardShift = 32 - bits;
        _shards = new CacheShard<TKey, TValue>[1 << bits];
        for (var i = 0; i < _shards.Length; i++)
            _shards[i] = new(_budget, options.Capacity >> bits, _clock, _comparer, options.Comparer);
    }

    /// <summary>The maximum total weight of the entries.</summary>
    public long Capacity => _budget.Capacity;

    /// <summary>The number of entries, at most <see cref="Capacity"/> at any moment.</summary>
    public long Count => _budget.Count;

    /// <summary>The total weight of the entries, at most <see cref="Capacity"/> at any moment.</summary>
    public long Weight => _budget.Weight;

    /// <inheritdoc/>
    public long Hits => _counters.Hits;

    /// <inheritdoc/>
    public long Misses => _counters.Misses;

    long? ICacheStatistics.Bytes => _options.WeightOf is null ? null : Weight;

    CacheTrace? ICacheStatistics.Trace
    {
        get => _trace;
        set => _trace = value;
    }

    /// <inheritdoc/>
    public long Evictions(EvictionReason reason) => _shards.Sum(shard => shard.Evictions(reason));

    /// <summary>Finds an entry that has not expired.</summary>
    public bool TryGet(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        var hash = _comparer.Hash(key);
        var entry = Find(ShardOf(hash), key, hash);
        value = entry is null ? default : entry.Value;
        return entry is not null;
    }

    /// <summary>Sets an entry; false if it is too heavy; an older entry of the key is evicted in that case too.</summary>
    public bool Set(TKey key, TValue value) => Insert(NewEntry(key, _comparer.Hash(key), value), default) is InsertResult.Inserted;

    /// <summary>Sets an entry that expires after <paramref name="lifetime"/> (positive), or earlier by the cache's expiration.</summary>
    public bool Set(TKey key, TValue value, TimeSpan lifetime)
        => Insert(NewEntry(key, _comparer.Hash(key), value, lifetime), default) is InsertResult.Inserted;

    /// <summary>Removes an entry; false if there was none.</summary>
    public bool Remove(TKey key)
    {
        var hash = _comparer.Hash(key);
        EvictedEntries<TKey, TValue> evicted = default;
        var isRemoved = ShardOf(hash).Remove(key, hash, ref evicted);
        evicted.Notify(_options.OnEvicted);
        return isRemoved;
    }

    /// <summary>Removes all entries, one shard after the other: entries that are set concurrently may remain.</summary>
    public void Clear()
    {
        EvictedEntries<TKey, TValue> evicted = default;
        foreach (var shard in _shards)
            shard.Clear(ref evicted);
        evicted.Notify(_options.OnEvicted);
    }

    private CacheEntry<TKey, TValue>? Find(CacheShard<TKey, TValue> shard, TKey key, uint hash)
    {
        _trace?.Add(hash);
        var entry = shard.Find(key, hash);
        if (entry is not null && _clock.TryUse(entry))
        {
            entry.CountUse();
            _counters.Hit();
            return entry;
        }
        _counters.Miss();
        if (entry is not null)
            Expire(shard, key, hash);
        return null;
    }

    private void Expire(CacheShard<TKey, TValue> shard, TKey key, uint hash)
    {
        EvictedEntries<TKey, TValue> evicted = default;
        shard.Expire(key, hash, ref evicted);
        evicted.Notify(_options.OnEvicted);
    }

    private CacheEntry<TKey, TValue> NewEntry(TKey key, uint hash, TValue value, TimeSpan? lifetime = null)
    {
        var weight = _options.WeightOf?.Invoke(key, value) ?? 1;
        ArgumentOutOfRangeException.ThrowIfLessThan(weight, 1);
        var entry = new CacheEntry<TKey, TValue>(key, value, hash, weight);
        _clock.Start(entry, lifetime);
        return entry;
    }

    // No lock and no reserved weight is held while another shard evicts, so two callers cannot deadlock waiting for each other's capacity.
    private InsertResult Insert(CacheEntry<TKey, TValue> entry, InsertCondition<TKey, TValue> condition)
    {
        var shard = ShardOf(entry.Hash);
        EvictedEntries<TKey, TValue> evicted = default;
        var spin = new SpinWait();
        InsertResult result;
        while ((result = shard.TryInsert(entry, condition, ref evicted)) is InsertResult.NeedsCapacity)
        {
            // All shards can be empty while other callers still hold reserved weight for entries that they are about to insert.
            if (!Heaviest().TryEvict(ref evicted))
                spin.SpinOnce();
        }
        evicted.Notify(_options.OnEvicted);
        return result;
    }

    private CacheShard<TKey, TValue> Heaviest()
    {
        var heaviest = _shards[0];
        foreach (var shard in _shards)
        {
            if (shard.Weight > heaviest.Weight)
                heaviest = shard;
        }
        return heaviest;
    }

    private CacheShard<TKey, TValue> ShardOf(uint hash) => _shards[(int)((ulong)hash >> _shardShift)];
}
