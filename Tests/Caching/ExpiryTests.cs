using Microsoft.Extensions.Time.Testing;
using Shop.ServiceDefaults.Caching;

namespace Shop.Tests.Caching;

public sealed class ExpiryTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private readonly FakeTimeProvider _time = new();
    private readonly List<EvictionReason> _evicted = [];

    [Fact]
    public void UseDoesNotExtendAbsoluteExpiration()
    {
        var cache = Create(absolute: Minute);
        cache.Set(1, "value");
        _time.Advance(Minute / 2);
        Assert.True(cache.TryGet(1, out _));
        _time.Advance(Minute / 2);

        Assert.False(cache.TryGet(1, out _));
        Assert.Equal(0, cache.Count);
        Assert.Equal([EvictionReason.Expired], _evicted);
    }

    [Fact]
    public void UseExtendsSlidingExpirationUpToTheAbsolute()
    {
        var cache = Create(sliding: Minute, absolute: Minute * 3);
        cache.Set(1, "used");
        cache.Set(2, "unused");
        for (var halfMinute = 1; halfMinute < 6; halfMinute++)
        {
            _time.Advance(Minute / 2);
            Assert.True(cache.TryGet(1, out _));
        }
        Assert.False(cache.TryGet(2, out _));
        _time.Advance(Minute / 2);

        Assert.False(cache.TryGet(1, out _));
    }

    [Fact]
    public void AnEntrysOwnLifetimeCanOnlyShortenIt()
    {
        var cache = Create(absolute: Minute);
        cache.Set(1, "short", Minute / 4);
        cache.Set(2, "long", Minute * 4);
        _time.Advance(Minute / 4);
        Assert.False(cache.TryGet(1, out _));
        Assert.True(cache.TryGet(2, out _));
        _time.Advance(Minute * 3 / 4);

        Assert.False(cache.TryGet(2, out _));
    }

    [Fact]
    public void NoMemberReturnsAnExpiredEntry()
    {
        var cache = Create(absolute: Minute);
        cache.Set(1, "old");
        cache.Set(2, "old");
        cache.Set(3, "old");
        _time.Advance(Minute);

        Assert.Equal("new", cache.GetOrAdd(1, _ => "new"));
        Assert.False(cache.Remove(2));
        cache.Set(3, "new");
        Assert.All(_evicted, reason => Assert.Equal(EvictionReason.Expired, reason));
    }

    [Fact]
    public void InsertionsEvictExpiredEntries()
    {
        var cache = Create(absolute: Minute);
        for (var key = 0; key < 100; key++)
            cache.Set(key, "old");
        _time.Advance(Minute);
        for (var key = 100; key < 200; key++)
            cache.Set(key, "new");

        Assert.Equal(100, cache.Count);
        Assert.Equal(100, _evicted.Count(reason => reason is EvictionReason.Expired));
    }

    private BoundedCache<int, string> Create(TimeSpan? sliding = null, TimeSpan? absolute = null) => new(new()
    {
        Capacity = 1_000,
        SlidingExpiration = sliding,
        AbsoluteExpiration = absolute,
        Time = _time,
        OnEvicted = (_, _, reason) => _evicted.Add(reason),
    });
}
