using Microsoft.Extensions.Time.Testing;
using Shop.Lab.Load;

namespace Shop.Tests.Lab;

/// <summary>The arrivals of a load whose rate changes, on a clock that the test moves.</summary>
public sealed class LoadRunTests
{
    private static readonly TimeSpan Ramp = TimeSpan.FromSeconds(5);
    private readonly FakeTimeProvider _time = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1, 200, true)]
    [InlineData(200, 1, false)]
    public async Task ShoppersComeWhenTheScheduleSays(int rate, int changed, bool isConstant)
    {
        using var connections = StandInShop.Connect(StandInShop.RefuseVisit);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var statistics = new LoadStatistics(_time);
        var shop = LoadContext.Create(StandInShop.Addresses, connections, statistics, shoppers: 10, seed: 1, _time);
        using var run = new LoadRun(shop, new ArrivalSchedule(rate, Ramp, isConstant, seed: 1), duration: null);
        var running = run.RunAsync(stop.Token);
        var expected = new ArrivalSchedule(rate, Ramp, isConstant, seed: 1);
        expected.Next();

        await PassAsync(statistics, expected, until: 10);
        run.ChangeRate(changed);
        expected.ChangeRate(changed, at: TimeSpan.FromSeconds(10));
        await PassAsync(statistics, expected, until: 30);
        await stop.CancelAsync();
        await running;

        Assert.Equal(statistics.Read().Arrivals, statistics.Read().Failed);
    }

    // The clock stands still until the shoppers of each tenth of a second have come: none came early or was left out.
    private async Task PassAsync(LoadStatistics statistics, ArrivalSchedule expected, int until)
    {
        for (var now = TimeSpan.FromSeconds(until - (until > 10 ? 20 : 10)); now.TotalSeconds < until;)
        {
            _time.Advance(TimeSpan.FromSeconds(0.1));
            now += TimeSpan.FromSeconds(0.1);
            while (expected.Current.Due - now < TimeSpan.FromMilliseconds(1))
                expected.Next();
            var arrivals = expected.Current.Number - 1;
            for (var attempt = 0; attempt < 50 && statistics.Read().Arrivals != arrivals; attempt++)
                await Task.Yield();
            await Eventually.ReadAsync(
                () => Task.FromResult(statistics.Read().Arrivals), count => count == arrivals, $"{arrivals} arrivals after {now}",
                TimeSpan.FromSeconds(20));
        }
    }
}
