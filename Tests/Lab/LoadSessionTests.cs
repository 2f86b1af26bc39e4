using System.Diagnostics;
using System.Net;
using Microsoft.Extensions.Time.Testing;
using Shop.Lab;
using Shop.Lab.Load;
using Shop.Tests.Defaults;

namespace Shop.Tests.Lab;

/// <summary>The load that the page starts, changes and stops, on a clock that the test moves.</summary>
public sealed class LoadSessionTests
{
    private const int MaxSteps = 20_000;
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(50);
    private readonly FakeTimeProvider _time = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TheRateChangesWhileItRuns()
    {
        await using var load = StandInShop.CreateLoad(_time, StandInShop.RefuseVisit);
        await load.SetRateAsync(20, Cancellation);
        await PassAsync(load, view => view.Figures?.ElapsedSeconds > 20);
        var before = load.Read();
        await load.SetRateAsync(100, Cancellation);
        await PassAsync(load, view => view.Figures?.ElapsedSeconds > 40);

        Assert.Equal((LoadState.On, 20), (before.State, before.Rate));
        Assert.InRange(before.Figures!.ArrivalsPerSecond!.Value, 14, 26);
        Assert.Equal((LoadState.On, 100), (load.Read().State, load.Read().Rate));
        Assert.InRange(load.Read().Figures!.ArrivalsPerSecond!.Value, 85, 115);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(201)]
    public async Task ARateOutOfRangeChangesNothing(int rate)
    {
        await using var load = StandInShop.CreateLoad(_time, StandInShop.RefuseVisit);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => load.SetRateAsync(rate, Cancellation));
        Assert.Equal(new LoadView(LoadState.Off, null, null), load.Read());

        await load.SetRateAsync(LoadSession.MaxRate, Cancellation);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => load.SetRateAsync(rate, Cancellation));
        Assert.Equal((LoadState.On, LoadSession.MaxRate), (load.Read().State, load.Read().Rate));
    }

    [Fact]
    public async Task WithoutAShopNothingStarts()
    {
        await using var load = StandInShop.CreateLoad(_time, StandInShop.RefuseVisit, () => HttpStatusCode.BadGateway);

        var exception = await Assert.ThrowsAsync<LabException>(() => load.SetRateAsync(20, Cancellation));

        Assert.StartsWith(
            "The shop is not up: no answer from sessions (http://sessions.test), orders", exception.Message, StringComparison.Ordinal);
        Assert.Equal(new LoadView(LoadState.Off, null, null), load.Read());
    }

    [Fact]
    public async Task AStopWaitsUntilTheShoppersHaveLeft()
    {
        var shopAnswers = new TaskCompletionSource();
        await using var load = StandInShop.CreateLoad(_time, async _ =>
        {
            await shopAnswers.Task;
            return await StandInShop.RefuseVisit(Cancellation);
        });
        await load.SetRateAsync(20, Cancellation);
        await PassAsync(load, view => view.Figures?.InFlight > 0);

        var stopping = load.StopAsync(Cancellation);
        Assert.Equal(LoadState.Stopping, load.Read().State);
        await Task.Delay(100, Cancellation);
        Assert.False(stopping.IsCompleted);
        shopAnswers.SetResult();
        await stopping;

        var end = load.Read();
        Assert.Equal((LoadState.Off, null, 0L), (end.State, end.Rate, end.Figures!.InFlight));
        // None was abandoned: each got the answer that the shop gave.
        Assert.Equal(end.Figures.Arrivals, Assert.Single(end.Figures.Errors).Count);
        Assert.Null(end.Figures.ArrivalsPerSecond);
    }

    [Fact]
    public async Task ShoppersThatDoNotLeaveAreAbandonedAfterFiveSeconds()
    {
        await using var load = StandInShop.CreateLoad(_time, StubHandler.HangAsync);
        await load.SetRateAsync(20, Cancellation);
        await PassAsync(load, view => view.Figures?.InFlight > 0);

        var stopped = _time.GetTimestamp();
        var stopping = load.StopAsync(Cancellation);
        await PassAsync(load, _ => stopping.IsCompleted);
        await stopping;

        Assert.InRange(_time.GetElapsedTime(stopped).TotalSeconds, 5, 9);
        Assert.Equal((LoadState.Off, 0L), (load.Read().State, load.Read().Figures!.InFlight));
        Assert.Empty(load.Read().Figures!.Errors);
    }

    [Fact]
    public async Task CommandsOfTwoPagesComeOneAfterTheOther()
    {
        await using var load = StandInShop.CreateLoad(_time, StandInShop.RefuseVisit);
        await Task.WhenAll(Enumerable.Range(1, 20).Select(rate => Task.Run(() => load.SetRateAsync(rate, Cancellation), Cancellation)));
        Assert.Equal(LoadState.On, load.Read().State);

        await PassAsync(load, view => view.Figures?.ElapsedSeconds > 10);
        await Task.WhenAll(load.StopAsync(Cancellation), load.StopAsync(Cancellation));

        Assert.Equal(LoadState.Off, load.Read().State);
        // One load came of them: each has one first point.
        Assert.Single(load.History.Read(), point => point.ArrivalsPerSecond is null);
    }

    [Fact]
    public async Task ItCanBeStartedAgain()
    {
        await using var load = StandInShop.CreateLoad(_time, StandInShop.RefuseVisit);
        await load.SetRateAsync(50, Cancellation);
        await PassAsync(load, view => view.Figures?.ElapsedSeconds > 10);
        await load.StopAsync(Cancellation);
        await load.SetRateAsync(5, Cancellation);
        await PassAsync(load, view => view.Figures is { ElapsedSeconds: > 3 and < 10 });

        Assert.InRange(load.Read().Figures!.Arrivals, 0, 30);
        // The two loads are separated on the charts.
        Assert.Equal(2, load.History.Read().Count(point => point.ArrivalsPerSecond is null));
    }

    [Fact]
    public async Task TheVisitsAreNoPartOfTheTraceOfTheRequestThatStartsThem()
    {
        var trace = new TaskCompletionSource<ActivityTraceId>();
        await using var load = StandInShop.CreateLoad(_time, _ =>
        {
            trace.TrySetResult(Activity.Current!.TraceId);
            return StandInShop.RefuseVisit(Cancellation);
        });
        using var request = new Activity("request");
        request.Start();
        await load.SetRateAsync(20, Cancellation);
        await PassAsync(load, _ => trace.Task.IsCompleted);

        Assert.NotEqual(request.TraceId, await trace.Task);
    }

    /// <summary>Lets time pass until the condition holds; in small steps, so that the load can keep up.</summary>
    private async Task PassAsync(LoadSession load, Func<LoadView, bool> isDone)
    {
        for (var step = 0; !isDone(load.Read()); step++)
        {
            Assert.True(step < MaxSteps, $"After {step} steps: {load.Read()}");
            _time.Advance(Step);
            await Task.Delay(1, Cancellation);
        }
    }
}
