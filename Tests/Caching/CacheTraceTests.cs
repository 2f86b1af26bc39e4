using Shop.ServiceDefaults.Caching;

namespace Shop.Tests.Caching;

/// <summary>What a cache records of its requests.</summary>
public sealed class CacheTraceTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static BoundedCache<int, string> NewCache() => new(new() { Capacity = 4 });

    [Fact]
    public async Task EachRequestIsRecordedOnceHitOrMiss()
    {
        var cache = NewCache();
        var trace = ((ICacheStatistics)cache).Trace = new CacheTrace(100);
        cache.TryGet(1, out _);
        cache.Set(1, "one");
        cache.TryGet(1, out _);
        cache.GetOrAdd(2, key => $"{key}");
        await cache.GetOrAddAsync(2, (key, _) => ValueTask.FromResult($"{key}"), Cancellation);

        var hashes = trace.Read();
        Assert.Equal(4, hashes.Length);
        Assert.Equal([hashes[0], hashes[0], hashes[2], hashes[2]], hashes);
        Assert.NotEqual(hashes[0], hashes[2]);
    }

    [Fact]
    public void AFullTraceRecordsNoMoreAndTheCacheGoesOn()
    {
        var cache = NewCache();
        var trace = ((ICacheStatistics)cache).Trace = new CacheTrace(50);
        Parallel.For(0, 1_000, key => cache.GetOrAdd(key, number => $"{number}"));

        Assert.True(trace.IsFull);
        Assert.Equal(50, trace.Read().Distinct().Count());
        Assert.Equal(1_000, cache.Misses);
    }

    [Fact]
    public void ConcurrentRequestsAreAllRecorded()
    {
        var trace = new CacheTrace(CacheTrace.MaxRequests);
        Parallel.For(1, 100_001, number => trace.Add((uint)number));

        Assert.Equal(Enumerable.Range(1, 100_000).Select(number => (uint)number), trace.Read().Order());
    }

    /// <summary>A reader takes 0 for a hash that is still being written.</summary>
    [Fact]
    public void AKeyWhoseHashIsZeroIsRecordedToo()
    {
        var trace = new CacheTrace(2);
        trace.Add(0);

        Assert.Single(trace.Read());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(CacheTrace.MaxRequests + 1)]
    public void TheNumberOfRequestsIsBounded(int requests)
        => Assert.Throws<ArgumentOutOfRangeException>(() => new CacheTrace(requests));
}
