using Shop.ServiceDefaults.Caching;

namespace Shop.Tests.Caching;

public sealed class GetOrAddTests
{
    private readonly BoundedCache<int, object> _cache = new(new() { Capacity = 100 });

    [Fact]
    public async Task RacingCallersAllReceiveTheSameValue()
    {
        const int callers = 4;
        using var barrier = new Barrier(callers);
        for (var key = 0; key < 500; key++)
        {
            var created = await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Factory.StartNew(() =>
            {
                barrier.SignalAndWait();
                return _cache.GetOrAdd(key, _ => new object());
            }, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
            Assert.Single(created.Distinct());
        }
    }

    [Fact]
    public void AValueCreatedBeforeARemoveIsCreatedAgain()
    {
        var created = 0;
        var value = _cache.GetOrAdd(1, key =>
        {
            if (++created == 1)
                _cache.Remove(key);
            return created;
        });

        Assert.Equal((2, 2), (created, value));
    }

    [Fact]
    public void CreateMayUseTheCacheAndItsSetWins()
    {
        var value = _cache.GetOrAdd(1, key =>
        {
            _cache.Set(key, "set");
            _cache.GetOrAdd(2, _ => "other");
            return "created";
        });

        Assert.Equal("set", value);
        Assert.True(_cache.TryGet(2, out _));
    }

    [Fact]
    public void AnExceptionOfCreateReachesTheCaller()
    {
        Assert.Throws<InvalidOperationException>(() => _cache.GetOrAdd(1, _ => throw new InvalidOperationException()));
        Assert.Equal("later", _cache.GetOrAdd(1, _ => "later"));
    }
}
