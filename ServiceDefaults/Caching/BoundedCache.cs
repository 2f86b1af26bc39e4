using System.Diagnostics.CodeAnalysis;
using System.Numerics;

namespace Shop.ServiceDefaults.Caching;

/// <summary>
/// A cache that is never over its bound, not for a moment: entries leave before a new one comes. Safe for concurrent use; a hit takes no lock.
/// Which entry leaves: <see cref="SieveQueue{TKey,TValue}"/>. It has no timer: an expired entry is never found, but is freed, and counted
/// until then, when its key is asked for or after some Sets.
/// </summary>
public sealed partial class BoundedCache<TKey, TValue> : ICacheStatistics where TKey : notnull
{
    // Below this an order of its own per shard would show in the hit rate. Small caches have one shard and keep the exact order.
    private const long MinShare = 256;
    private const int MaxShardsPerCore = 4;

    private readonly BoundedCacheOptions<TKey, TValue> _options;
    private readonly KeyComparer<TKey> _comparer;
    private readonly CacheClock _clock;
    private readonly CacheBudget _budget;
    private readonly CacheCounters _counters = new();
    private readonly CacheShard<TKey, TValue>[] _shards;
    private readonly int _shardShift;

    /// <summary>Makes an empty cache.</summary>
    public BoundedCache(BoundedCacheOptions<TKey, TValue> options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Capacity, 1);
        _options = options;
        _comparer = new(options.Comparer);
        _clock = new(options.Time, options.SlidingExpiration, options.AbsoluteExpiration);
        _budget = new(options.Capacity);
        var bits = BitOperations.Log2((ulong)Math.Clamp(options.Capacity / MinShare, 1, Environment.ProcessorCount * MaxShardsPerCore));
        _shardShift = 32 - bits;
        _shards = new CacheShard<TKey, TValue>[1 << bits];
        for (var i = 0; i < _shards.Length; i++)
            _shards[i] = new(_budget, options.Capacity >> bits, _clock, _comparer, options.Comparer);
    }

    /// <summary>The most that the entries may weigh together, and that one may weigh.</summary>
    public long Capacity => _budget.Capacity;

    /// <summary>How many entries it holds, at most <see cref="Capacity"/> at any moment.</summary>
    public long Count => _budget.Count;

    /// <summary>What its entries weigh together, at most <see cref="Capacity"/> at any moment.</summary>
    public long Weight => _budget.Weight;

    /// <inheritdoc/>
    public long Hits => _counters.Hits;

    /// <inheritdoc/>
    public long Misses => _counters.Misses;

    long? ICacheStatistics.Bytes => _options.WeightOf is null ? null : Weight;

    /// <inheritdoc/>
    public long Evictions(EvictionReason reason) => _shards.Sum(shard => shard.Evictions(reason));

    /// <summary>Finds an entry whose time is not over.</summary>
    public bool TryGet(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        var hash = _comparer.Hash(key);
        var entry = Find(ShardOf(hash), key, hash);
        value = entry is null ? default : entry.Value;
        return entry is not null;
    }

    /// <summary>Sets an entry; false if it alone is over the bound, and then neither it nor an older one with its key is in the cache.</summary>
    public bool Set(TKey key, TValue value) => Place(NewEntry(key, _comparer.Hash(key), value), default) is Placement.Placed;

    /// <summary>Sets an entry that lives no longer than <paramref name="lifetime"/>, more than zero, nor than the cache's own expiry lets it.</summary>
    public bool Set(TKey key, TValue value, TimeSpan lifetime) => Place(NewEntry(key, _comparer.Hash(key), value, lifetime), default) is Placement.Placed;

    /// <summary>Removes an entry; false if there was none.</summary>
    public bool Remove(TKey key)
    {
        var hash = _comparer.Hash(key);
        EvictedEntries<TKey, TValue> left = default;
        var isRemoved = ShardOf(hash).Remove(key, hash, ref left);
        left.Tell(_options.OnEvicted);
        return isRemoved;
    }

    /// <summary>Removes all entries, shard by shard: what others set meanwhile may stay.</summary>
    public void Clear()
    {
        EvictedEntries<TKey, TValue> left = default;
        foreach (var shard in _shards)
            shard.Clear(ref left);
        left.Tell(_options.OnEvicted);
    }

    private CacheEntry<TKey, TValue>? Find(CacheShard<TKey, TValue> shard, TKey key, uint hash)
    {
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
        EvictedEntries<TKey, TValue> left = default;
        shard.Expire(key, hash, ref left);
        left.Tell(_options.OnEvicted);
    }

    private CacheEntry<TKey, TValue> NewEntry(TKey key, uint hash, TValue value, TimeSpan? lifetime = null)
    {
        var weight = _options.WeightOf?.Invoke(key, value) ?? 1;
        ArgumentOutOfRangeException.ThrowIfLessThan(weight, 1);
        var entry = new CacheEntry<TKey, TValue>(key, value, hash, weight);
        _clock.Start(entry, lifetime);
        return entry;
    }

    // No lock is held while another shard makes room, and no weight: two that each wait for the other's cannot be.
    private Placement Place(CacheEntry<TKey, TValue> entry, CacheClaim<TKey, TValue> claim)
    {
        var shard = ShardOf(entry.Hash);
        EvictedEntries<TKey, TValue> left = default;
        var spin = new SpinWait();
        Placement placement;
        while ((placement = shard.TryPlace(entry, claim, ref left)) is Placement.NeedsRoom)
        {
            // Nothing is there to evict while other callers pass on what they evicted themselves.
            if (!Heaviest().TryEvict(ref left))
                spin.SpinOnce();
        }
        left.Tell(_options.OnEvicted);
        return placement;
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
