using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using Shop.ServiceDefaults.Caching;

namespace Shop.Tests.Caching;

public sealed class CacheMetricsTests : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().AddSingleton<CacheMetrics>().BuildServiceProvider();
    private readonly CacheMetrics _metrics;

    public CacheMetricsTests() => _metrics = _services.GetRequiredService<CacheMetrics>();

    public void Dispose() => _services.Dispose();

    [Fact]
    public void TheMeterPublishesTheStatisticsOfACache()
    {
        var cache = new BoundedCache<int, string>(new() { Capacity = 100, WeightOf = (_, value) => value.Length });
        _metrics.Observe("texts", cache);
        cache.Set(1, new('a', 60));
        cache.Set(2, new('b', 70));
        cache.TryGet(2, out _);
        cache.TryGet(1, out _);
        cache.Set(3, new('c', 101));

        var measured = Read();
        Assert.Equal(1, measured["app.cache.entries cache=texts"]);
        Assert.Equal(70, measured["app.cache.bytes cache=texts"]);
        Assert.Equal(1, measured["app.cache.hits cache=texts"]);
        Assert.Equal(1, measured["app.cache.misses cache=texts"]);
        Assert.Equal(1, measured["app.cache.evictions cache=texts reason=capacity"]);
        Assert.Equal(1, measured["app.cache.evictions cache=texts reason=refused"]);
        Assert.Equal(0, measured["app.cache.evictions cache=texts reason=expired"]);
    }

    [Fact]
    public void ACacheBoundedByEntriesPublishesNoBytesAndALaterOneReplacesItUnderItsName()
    {
        _metrics.Observe("numbers", new BoundedCache<int, int>(new() { Capacity = 10 }));
        var cache = new BoundedCache<int, int>(new() { Capacity = 10 });
        _metrics.Observe("numbers", cache);
        cache.Set(1, 1);

        var measured = Read();
        Assert.Equal(1, measured["app.cache.entries cache=numbers"]);
        Assert.DoesNotContain("app.cache.bytes cache=numbers", measured.Keys);
        GC.KeepAlive(cache);
    }

    [Fact]
    public void AnUnusedCacheIsNotRooted()
    {
        var cache = CreateAndRelease();
        Memory.Collect();

        Assert.False(cache.IsAlive);
        Assert.Empty(Read());
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private WeakReference CreateAndRelease()
    {
        var cache = new BoundedCache<int, object>(new()
        {
            Capacity = 10,
            SlidingExpiration = TimeSpan.FromMinutes(1),
            AbsoluteExpiration = TimeSpan.FromHours(1),
        });
        _metrics.Observe("gone", cache);
        cache.Set(1, new());
        // A load that never completes does not root the cache, nor does its waiter once the waiter itself is unreachable.
        _ = cache.GetOrAddAsync(2, static (_, _) => new(new TaskCompletionSource<object>().Task), CancellationToken.None).AsTask();
        Assert.Equal(1, Read()["app.cache.entries cache=gone"]);
        return new(cache);
    }

    private Dictionary<string, long> Read() => CacheReadings.Of(_services);
}
