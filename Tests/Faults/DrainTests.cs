using System.Diagnostics;
using Aspire.Hosting.Testing;
using Shop.Tests.AppHost;

namespace Shop.Tests.Faults;

/// <summary>A service receives SIGTERM during 200 orders and completes its work in progress before it exits.</summary>
[RunningShop(Part.Faults)]
public sealed class DrainTests(ShopFixture shop) : IAsyncDisposable
{
    private const int InProgress = 8;
    private static readonly TimeSpan AliveTimeout = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(5);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => shop.RestoreAsync();

    [Fact]
    public async Task OrdersCompletesItsRequestsInProgressBeforeItExits()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no SIGTERM.");
        using var audit = await OrderAudit.StartAsync(shop.App);
        var bodies = new StalledBodies();
        var inProgress = await OrderWave.PrepareAsync(shop.App, "drained-orders-in-progress", InProgress, bodies.Create);
        var wave = await OrderWave.PrepareAsync(shop.App, "drained-orders");
        var process = await shop.ProcessAsync("orders");
        inProgress.Start(Interval);
        await bodies.WaitForAsync(InProgress);
        wave.Start(Interval);
        await wave.ReachAsync(OrderWave.Size / 4);

        var ending = shop.SignalAsync("orders", process, "TERM");
        await Eventually.ReadAsync(IsAliveAsync, alive => !alive, "orders to accept no more requests");
        bodies.Release();
        Assert.Equal(0, await ending);
        await Eventually.ReadAsync(
            () => Task.FromResult(inProgress.Attempts.Count),
            responses => responses >= InProgress,
            "the responses to the requests in progress");
        Assert.Equal(Enumerable.Repeat(Attempt.Accepted, InProgress), inProgress.Attempts);
        await shop.StartAsync("orders");
        await audit.VerifyAsync(Stopwatch.GetTimestamp(), wave, inProgress);
    }

    [Fact]
    public async Task PaymentsCompletesItsChargesInProgressBeforeItExits()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no SIGTERM.");
        using var audit = await OrderAudit.StartAsync(shop.App);
        var wave = await OrderWave.PrepareAsync(shop.App, "drained-payments");
        var process = await shop.ProcessAsync("payments");
        wave.Start(Interval);
        await Eventually.ReadAsync(audit.ChargesAsync, charges => charges.Charges >= OrderWave.Size / 5, "some of the charges");
        Assert.Equal(0, await shop.SignalAsync("payments", process, "TERM"));
        Assert.InRange((await audit.ChargesAsync()).Charges, 1, OrderWave.Size - 1);
        await shop.StartAsync("payments");

        var charges = await audit.VerifyAsync(Stopwatch.GetTimestamp(), wave);
        // A charge that was interrupted would have been requested again.
        Assert.Equal(0, charges.DuplicatesRefused);
    }

    // Uses a new connection, because open ones may still be served. The orchestrator's proxy may hold it until the service is back.
    private async Task<bool> IsAliveAsync()
    {
        using var client = shop.App.CreateHttpClient("orders");
        client.Timeout = AliveTimeout;
        using var request = new HttpRequestMessage(HttpMethod.Get, "/alive");
        request.Headers.ConnectionClose = true;
        try
        {
            using var response = await client.SendAsync(request, Cancellation);
            return response.IsSuccessStatusCode;
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }
}
