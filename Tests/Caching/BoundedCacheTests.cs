using Shop.ServiceDefaults.Caching;

namespace Shop.Tests.Caching;

public sealed class BoundedCacheTests
{
    private readonly List<(int Key, string Value, EvictionReason Reason)> _evicted = [];

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(1_000)]
    [InlineData(5_000)]
    public void ACacheHoldsExactlyItsCapacity(int capacity)
    {
        var cache = Create(capacity);
        for (var key = 0; key < capacity; key++)
            Assert.True(cache.Set(key, "value"));
        Assert.All(Enumerable.Range(0, capacity), key => Assert.True(cache.TryGet(key, out _)));
        Assert.Equal(capacity, cache.Count);

        cache.Set(-1, "value");
        Assert.Equal(capacity, cache.Count);
        Assert.Equal(EvictionReason.Capacity, Assert.Single(_evicted).Reason);
    }

    [Fact]
    public void ANewEntryIsReadableRightAfterSetInAFullCache()
    {
        var cache = Create(5_000);
        for (var key = 0; key < 5_000; key++)
        {
            cache.Set(key, "old");
            cache.TryGet(key, out _);
        }
        for (var key = 5_000; key < 6_000; key++)
        {
            cache.Set(key, "new");
            Assert.True(cache.TryGet(key, out var value));
            Assert.Equal("new", value);
        }
    }

    [Fact]
    public void TheLeastUsedEntryIsEvictedFirst()
    {
        var cache = Create(3);
        foreach (var key in (int[])[1, 2, 3])
            cache.Set(key, "value");
        cache.TryGet(1, out _);
        cache.Set(4, "value");

        Assert.Equal((2, "value", EvictionReason.Capacity), Assert.Single(_evicted));
    }

    [Fact]
    public void ReplacingAnEntryEvictsNoOther()
    {
        var cache = Create(2);
        cache.Set(1, "one");
        cache.Set(2, "two");
        cache.Set(1, "other");

        Assert.True(cache.TryGet(1, out var value));
        Assert.Equal("other", value);
        Assert.True(cache.TryGet(2, out _));
        Assert.Equal([(1, "one", EvictionReason.Replaced)], _evicted);
    }

    [Fact]
    public void AnEntryAboveTheCapacityIsRefusedAndEvictsTheOlderOneOfItsKey()
    {
        var cache = Create(100, value => value.Length);
        Assert.True(cache.Set(1, new('a', 40)));
        Assert.True(cache.Set(2, new('b', 40)));
        Assert.False(cache.Set(1, new('c', 101)));

        Assert.False(cache.TryGet(1, out _));
        Assert.True(cache.TryGet(2, out _));
        Assert.Equal(40, cache.Weight);
        Assert.Equal([EvictionReason.Replaced, EvictionReason.Refused], _evicted.Select(entry => entry.Reason));
        Assert.Equal(1, cache.Evictions(EvictionReason.Refused));
    }

    [Fact]
    public void AnEntryAboveTheMaximumWeightIsRefused()
    {
        var cache = new BoundedCache<int, string>(new() { Capacity = 100, WeightOf = (_, value) => value.Length, MaxEntryWeight = 40 });
        Assert.True(cache.Set(1, new('a', 40)));
        Assert.False(cache.Set(2, new('b', 41)));

        Assert.Equal((1, 40), (cache.Count, cache.Weight));
        Assert.Equal(1, cache.Evictions(EvictionReason.Refused));
    }

    [Fact]
    public void AnEntryAsHeavyAsTheWholeCacheIsInserted()
    {
        const int capacity = 100_000;
        var cache = Create(capacity, value => value.Length);
        for (var key = 0; key < 1_000; key++)
            cache.Set(key, new('a', 100));
        Assert.Equal(capacity, cache.Weight);

        Assert.True(cache.Set(-1, new('b', capacity)));
        Assert.True(cache.TryGet(-1, out _));
        Assert.Equal((1, capacity), (cache.Count, cache.Weight));
        Assert.Equal(1_000, _evicted.Count(entry => entry.Reason is EvictionReason.Capacity));
    }

    [Fact]
    public void RemoveAndClearReportTheEntries()
    {
        var cache = Create(10);
        foreach (var key in (int[])[1, 2, 3])
            cache.Set(key, "value");

        Assert.True(cache.Remove(1));
        Assert.False(cache.Remove(1));
        cache.Clear();
        Assert.Equal((0, 0), (cache.Count, cache.Weight));
        Assert.Equal([1, 2, 3], _evicted.Select(entry => entry.Key));
        Assert.All(_evicted, entry => Assert.Equal(EvictionReason.Removed, entry.Reason));
    }

    [Fact]
    public void AnExceptionOfTheCallbackIsRethrownAndTheCacheStaysConsistent()
    {
        var calls = 0;
        var cache = new BoundedCache<int, string>(new()
        {
            Capacity = 10,
            WeightOf = (_, value) => value.Length,
            OnEvicted = (_, _, _) => throw new InvalidOperationException($"{++calls}"),
        });
        for (var key = 0; key < 10; key++)
            cache.Set(key, "a");

        var thrown = Assert.Throws<InvalidOperationException>(() => cache.Set(10, "0123456789"));
        Assert.Equal("1", thrown.Message);
        Assert.Equal(10, calls);
        Assert.True(cache.TryGet(10, out _));
        Assert.Equal((1, 10), (cache.Count, cache.Weight));
    }

    [Fact]
    public void ACallbackMayUseTheCache()
    {
        BoundedCache<int, string> cache = null!;
        cache = new(new()
        {
            Capacity = 1,
            OnEvicted = (key, value, reason) =>
            {
                if (key == 1 && reason is EvictionReason.Capacity)
                    cache.Set(1, value);
            },
        });
        cache.Set(1, "one");
        cache.Set(2, "two");

        Assert.True(cache.TryGet(1, out _));
    }

    [Fact]
    public void AHitAllocatesNothingAndDoesNotReadTheClock()
    {
        var time = new CountingTime();
        var cache = new BoundedCache<int, string>(new() { Capacity = 10, Time = time });
        cache.Set(1, "value");
        Func<int, string> create = static _ => "other";
        cache.GetOrAdd(1, create);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++)
        {
            cache.TryGet(1, out _);
            cache.GetOrAdd(1, create);
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.Equal(0, time.Reads);
        Assert.Equal((2_001, 0), (cache.Hits, cache.Misses));
    }

    [Fact]
    public void KeysWithTheSameHashAreDistinguished()
    {
        var comparer = EqualityComparer<int>.Create((one, other) => one == other, _ => 7);
        var cache = new BoundedCache<int, int>(new() { Capacity = 100, Comparer = comparer });
        for (var key = 0; key < 100; key++)
            cache.Set(key, key);
        for (var key = 0; key < 100; key += 2)
            cache.Remove(key);

        Assert.All(Enumerable.Range(0, 100), key => Assert.Equal(key % 2 == 1, cache.TryGet(key, out var value) && value == key));
    }

    private BoundedCache<int, string> Create(long capacity, Func<string, long>? weightOf = null) => new(new()
    {
        Capacity = capacity,
        WeightOf = weightOf is null ? null : (_, value) => weightOf(value),
        OnEvicted = (key, value, reason) => _evicted.Add((key, value, reason)),
    });

    private sealed class CountingTime : TimeProvider
    {
        public int Reads { get; private set; }

        public override long GetTimestamp()
        {
            Reads++;
            return base.GetTimestamp();
        }
    }
}
