using System.Diagnostics;
using Aspire.Hosting.Testing;
using Shop.Tests.AppHost;

namespace Shop.Tests.Faults;

/// <summary>A service is told to stop, by SIGTERM, in the middle of 200 orders: it ends what it has begun.</summary>
[Collection(ShopTests.Name)]
public sealed class DrainTests(ShopFixture shop) : IAsyncDisposable
{
    private const int Begun = 8;
    private static readonly TimeSpan AliveTimeout = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(5);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => shop.HealAsync();

    [Fact]
    public async Task OrdersAnswersWhatItHasBegunBeforeItEnds()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no SIGTERM.");
        using var books = await Books.OpenAsync(shop);
        var bodies = new HeldBodies();
        var begun = await OrderWave.GatherAsync(shop.App, "drained-orders-begun", Begun, bodies.Create);
        var wave = await OrderWave.GatherAsync(shop.App, "drained-orders");
        var process = await shop.ProcessAsync("orders");
        begun.Start(Interval);
        await bodies.WaitForAsync(Begun);
        wave.Start(Interval);
        await wave.ReachAsync(OrderWave.Size / 4);

        var ending = shop.SignalAsync("orders", process, "TERM");
        await Eventually.ReadAsync(IsAliveAsync, alive => !alive, "orders to take no more requests");
        bodies.Release();
        Assert.Equal(0, await ending);
        await Eventually.ReadAsync(() => Task.FromResult(begun.Attempts.Count), answers => answers >= Begun, "the answers to what had begun");
        Assert.Equal(Enumerable.Repeat(Attempt.Accepted, Begun), begun.Attempts);
        await shop.StartAsync("orders");
        await books.CloseAsync(Stopwatch.GetTimestamp(), wave, begun);
    }

    [Fact]
    public async Task PaymentsEndsTheChargesItHasBegunBeforeItEnds()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no SIGTERM.");
        using var books = await Books.OpenAsync(shop);
        var wave = await OrderWave.GatherAsync(shop.App, "drained-payments");
        var process = await shop.ProcessAsync("payments");
        wave.Start(Interval);
        await Eventually.ReadAsync(books.LedgerAsync, ledger => ledger.Charges >= OrderWave.Size / 5, "some of the charges");
        Assert.Equal(0, await shop.SignalAsync("payments", process, "TERM"));
        Assert.InRange((await books.LedgerAsync()).Charges, 1, OrderWave.Size - 1);
        await shop.StartAsync("payments");

        var ledger = await books.CloseAsync(Stopwatch.GetTimestamp(), wave);
        // A charge that had been left half done would have been asked for again.
        Assert.Equal(0, ledger.DuplicatesRefused);
    }

    // A connection of its own, as those that are open may still be served; the orchestrator's proxy may hold it until the service is back.
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
