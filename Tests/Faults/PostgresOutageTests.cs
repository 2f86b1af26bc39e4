using System.Diagnostics;
using System.Net;
using Shop.Tests.AppHost;

namespace Shop.Tests.Faults;

/// <summary>Postgres is shut down immediately, without a checkpoint, and is unavailable for 10 s during 200 orders.</summary>
[RunningShop(Part.Faults)]
public sealed class PostgresOutageTests(ShopFixture shop) : IAsyncDisposable
{
    private static readonly TimeSpan Outage = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(40);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => shop.RestoreAsync();

    [Fact]
    public async Task OrdersAreRefusedDuringTheOutageAndNoneIsLost()
    {
        using var audit = await OrderAudit.StartAsync(shop.App);
        var wave = await OrderWave.PrepareAsync(shop.App, "postgres-outage");
        wave.Start(Interval);
        await wave.ReachAsync(OrderWave.Size / 4);
        await shop.StopPostgresImmediatelyAsync();
        var stopped = Stopwatch.GetTimestamp();

        foreach (var service in (string[])["orders", "payments", "documents"])
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, await shop.ProbeAsync(service, "/health"));
            Assert.Equal(HttpStatusCode.OK, await shop.ProbeAsync(service, "/alive"));
        }
        Assert.Equal(HttpStatusCode.OK, await shop.ProbeAsync("sessions", "/health"));
        Assert.InRange(wave.Accepted.Count, 1, OrderWave.Size - 1);

        await Eventually.WaitUntilElapsedAsync(stopped, Outage);
        await shop.StartAsync("postgres");
        await audit.VerifyAsync(Stopwatch.GetTimestamp(), wave);
        Assert.Contains(wave.Attempts, attempt => attempt.Status == HttpStatusCode.ServiceUnavailable);
        Assert.All(wave.Attempts, attempt => Assert.True(attempt.IsAcceptedOrRetryable, $"{attempt}"));
    }
}
