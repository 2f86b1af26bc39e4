using System.Runtime.CompilerServices;

namespace Shop.ServiceDefaults.Caching;

/// <summary>A shard's entries by key: a hash table with chaining that is changed under the shard's lock and read without it.</summary>
internal sealed class CacheTable<TKey, TValue>(KeyComparer<TKey> comparer) where TKey : notnull
{
    private const int MinBuckets = 16;
    private volatile CacheEntry<TKey, TValue>?[] _buckets = new CacheEntry<TKey, TValue>?[MinBuckets];

    // Odd while Grow moves entries between chains. A reader that misses in that time may have followed a link into another chain and
    // retries.
    private volatile int _version;

    /// <summary>The number of buckets, a power of two.</summary>
    public int Size => _buckets.Length;

    /// <summary>Finds an entry, expired or not; takes no lock.</summary>
    public CacheEntry<TKey, TValue>? Find(TKey key, uint hash)
    {
        var version = _version;
        var entry = Search(key, hash);
        return entry is not null || version == _version && int.IsEvenInteger(version) ? entry : FindDuringGrow(key, hash);
    }

    private CacheEntry<TKey, TValue>? FindDuringGrow(TKey key, uint hash)
    {
        for (var spin = new SpinWait(); ; spin.SpinOnce())
        {
            var version = _version;
            if (Search(key, hash) is { } entry)
                return entry;
            if (version == _version && int.IsEvenInteger(version))
                return null;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private CacheEntry<TKey, TValue>? Search(TKey key, uint hash)
    {
        var buckets = _buckets;
        var entry = Volatile.Read(ref buckets[hash & (buckets.Length - 1)]);
        while (entry is not null && !(entry.Hash == hash && comparer.Equals(entry.Key, key)))
            entry = entry.Next;
        return entry;
    }

    /// <summary>Adds an entry whose key is not in the table.</summary>
    public void Add(CacheEntry<TKey, TValue> entry)
    {
        ref var bucket = ref Bucket(entry);
        entry.Next = bucket;
        Volatile.Write(ref bucket, entry);
    }

    public void Remove(CacheEntry<TKey, TValue> entry) => Relink(entry, entry.Next);

    /// <summary>Replaces an entry by one with the same key: a reader sees either of them.</summary>
    public void Replace(CacheEntry<TKey, TValue> old, CacheEntry<TKey, TValue> entry)
    {
        entry.Next = old.Next;
        Relink(old, entry);
    }

    /// <summary>Doubles the number of buckets.</summary>
    public void Grow()
    {
        var old = _buckets;
        var buckets = new CacheEntry<TKey, TValue>?[old.Length * 2];
        _version++;
        for (var i = 0; i < old.Length; i++)
        {
            for (CacheEntry<TKey, TValue>? entry = old[i], next; entry is not null; entry = next)
            {
                next = entry.Next;
                ref var bucket = ref buckets[entry.Hash & (buckets.Length - 1)];
                entry.Next = bucket;
                bucket = entry;
            }
        }
        _buckets = buckets;
        _version++;
    }

    /// <summary>Removes all entries and shrinks the table to its initial size.</summary>
    public void Clear() => _buckets = new CacheEntry<TKey, TValue>?[MinBuckets];

    private void Relink(CacheEntry<TKey, TValue> entry, CacheEntry<TKey, TValue>? successor)
    {
        ref var bucket = ref Bucket(entry);
        if (bucket == entry)
        {
            Volatile.Write(ref bucket, successor);
            return;
        }
        var before = bucket!;
        while (before.Next != entry)
            before = before.Next!;
        before.Next = successor;
    }

    private ref CacheEntry<TKey, TValue>? Bucket(CacheEntry<TKey, TValue> entry) => ref _buckets[entry.Hash & (_buckets.Length - 1)];
}
