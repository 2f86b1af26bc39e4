using System.Runtime.CompilerServices;
using Shop.ServiceDefaults.Caching;

namespace Shop.Tests.Caching;

public sealed class GetOrAddAsyncTests
{
    private static readonly CancellationToken Test = TestContext.Current.CancellationToken;
    private readonly BoundedCache<int, string> _cache = new(new() { Capacity = 100 });
    private readonly TaskCompletionSource<string> _source = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _loads;

    [Fact]
    public async Task AHundredConcurrentCallersShareOneLoad()
    {
        var calls = Enumerable.Range(0, 100).Select(_ => Task.Run(() => Ask(Test), Test)).ToList();
        await Eventually.ReadAsync(() => Task.FromResult(_cache.Misses), misses => misses == 100, "all callers to miss");
        _source.SetResult("loaded");

        Assert.All(await Task.WhenAll(calls), value => Assert.Equal("loaded", value));
        Assert.Equal(1, _loads);
        Assert.True(_cache.TryGet(1, out _));
    }

    [Fact]
    public async Task AFailedLoadFailsAllWaitersAndIsNotCached()
    {
        Task<string>[] calls = [Ask(Test), Ask(Test)];
        _source.SetException(new InvalidOperationException("failed"));

        foreach (var one in calls)
            Assert.Equal("failed", (await Assert.ThrowsAsync<InvalidOperationException>(() => one)).Message);
        Assert.False(_cache.TryGet(1, out _));
        Assert.Equal("again", await _cache.GetOrAddAsync(1, (_, _) => new("again"), Test));
    }

    [Fact]
    public async Task ACallersTokenCancelsOnlyItsOwnWaitEvenThatOfTheFirst()
    {
        using var cancellation = new CancellationTokenSource();
        var first = Ask(cancellation.Token);
        var second = Ask(Test);
        await cancellation.CancelAsync();

        var thrown = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        Assert.Equal(cancellation.Token, thrown.CancellationToken);
        _source.SetResult("loaded");
        Assert.Equal("loaded", await second);
        Assert.True(_cache.TryGet(1, out _));
    }

    [Fact]
    public async Task ALoadWithoutWaitersIsCancelledAndTheNextCallerStartsAnother()
    {
        using var cancellation = new CancellationTokenSource();
        var cancelled = new TaskCompletionSource();
        var calls = _cache.GetOrAddAsync(1, async (_, abandoned) =>
        {
            using var registration = abandoned.Register(cancelled.SetResult);
            await Task.Delay(Timeout.Infinite, abandoned);
            return "never";
        }, cancellation.Token).AsTask();
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => calls);
        await cancelled.Task.WaitAsync(Eventually.Timeout, Test);
        Assert.Equal("next", await _cache.GetOrAddAsync(1, (_, _) => new("next"), Test));
    }

    [Fact]
    public async Task AnAbandonedLoadThatStillCompletesIsNotCached()
    {
        using var cancellation = new CancellationTokenSource();
        var calls = Ask(cancellation.Token);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => calls);
        Assert.Equal("next", await _cache.GetOrAddAsync(1, (_, _) => new("next"), Test));
        _source.SetResult("late");

        Assert.True(_cache.TryGet(1, out var value));
        Assert.Equal("next", value);
    }

    [Fact]
    public Task ASetSupersedesALoad() => AssertSupersededAsync(() => _cache.Set(1, "set"), "set");

    [Fact]
    public Task ARemoveSupersedesALoad() => AssertSupersededAsync(() => _cache.Remove(1), null);

    [Fact]
    public Task AClearSupersedesALoad() => AssertSupersededAsync(_cache.Clear, null);

    [Fact]
    public async Task ACallerAfterARemoveDoesNotJoinTheEarlierLoad()
    {
        var before = Ask(Test);
        _cache.Remove(1);
        Assert.Equal("after", await _cache.GetOrAddAsync(1, (_, _) => new("after"), Test));
        _source.SetResult("before");

        Assert.Equal("before", await before);
        Assert.True(_cache.TryGet(1, out var value));
        Assert.Equal("after", value);
    }

    [Fact]
    public async Task TheLoadsOwnTimeoutReachesAllWaiters()
    {
        Task<string>[] calls = [Ask(Test), Ask(Test)];
        _source.SetException(new TaskCanceledException("timeout"));

        foreach (var one in calls)
            Assert.Equal("timeout", (await Assert.ThrowsAsync<TaskCanceledException>(() => one)).Message);
        Assert.Equal("again", await _cache.GetOrAddAsync(1, (_, _) => new("again"), Test));
    }

    [Fact]
    public async Task ALoadedValueAsHeavyAsTheWholeCacheIsInserted()
    {
        const int capacity = 100_000;
        var cache = new BoundedCache<int, string>(new() { Capacity = capacity, WeightOf = (_, value) => value.Length });
        for (var key = 0; key < 1_000; key++)
            cache.Set(key, new('a', 100));
        await cache.GetOrAddAsync(-1, (_, _) => new(new string('b', capacity)), Test);

        Assert.True(cache.TryGet(-1, out _));
        Assert.Equal((1, capacity), (cache.Count, cache.Weight));
    }

    [Fact]
    public async Task ACachedEntryIsNotLoadedAgain()
    {
        _cache.Set(1, "cached");
        Assert.Equal("cached", await Ask(Test));
        Assert.Equal(0, _loads);
    }

    private async Task AssertSupersededAsync(
        Action supersede, string? expected, [CallerArgumentExpression(nameof(supersede))] string call = "")
    {
        var calls = Ask(Test);
        supersede();
        _source.SetResult("loaded");

        Assert.Equal("loaded", await calls);
        Assert.True(expected == (_cache.TryGet(1, out var value) ? value : null), $"The load undid {call}.");
    }

    private Task<string> Ask(CancellationToken cancellationToken) => _cache.GetOrAddAsync(1, (_, _) =>
    {
        Interlocked.Increment(ref _loads);
        return new(_source.Task);
    }, cancellationToken).AsTask();
}
