using System.Diagnostics;
using Shop.Tests.AppHost;

namespace Shop.Tests.Faults;

/// <summary>A service dies in the middle of 200 orders, without a word.</summary>
[Collection(ShopTests.Name)]
public sealed class KilledServiceTests(ShopFixture shop) : IAsyncDisposable
{
    // So fast that work piles up, and the kill meets it under way.
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(5);

    public ValueTask DisposeAsync() => shop.HealAsync();

    [Fact]
    public Task EveryAcceptedOrderEndsOnceAlthoughOrdersIsKilled() => KillAsync("orders", (wave, _) => Task.FromResult<long>(wave.Accepted.Count));

    [Fact]
    public Task EveryAcceptedOrderEndsOnceAlthoughPaymentsIsKilled() => KillAsync("payments", async (_, books) => (await books.LedgerAsync()).Charges);

    private async Task KillAsync(string service, Func<OrderWave, Books, Task<long>> progress)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no SIGKILL.");
        using var books = await Books.OpenAsync(shop);
        var wave = await OrderWave.GatherAsync(shop.App, $"killed-{service}");
        var process = await shop.ProcessAsync(service);
        wave.Start(Interval);
        await Eventually.ReadAsync(() => progress(wave, books), done => done >= OrderWave.Size / 5, $"{service} to have done some of its work");
        await shop.SignalAsync(service, process, "KILL");
        Assert.InRange(await progress(wave, books), 1, OrderWave.Size - 1);
        await shop.StartAsync(service);

        await books.CloseAsync(Stopwatch.GetTimestamp(), wave);
    }
}
