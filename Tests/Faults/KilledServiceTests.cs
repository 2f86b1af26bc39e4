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

    [Theory]
    [InlineData("orders")]
    [InlineData("payments")]
    public async Task EveryAcceptedOrderEndsOnceAlthoughAServiceIsKilled(string service)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no SIGKILL.");
        using var books = await Books.OpenAsync(shop);
        var wave = await OrderWave.GatherAsync(shop.App, $"killed-{service}");
        wave.Start(Interval);
        await Eventually.ReadAsync(books.LedgerAsync, ledger => ledger.Charges >= OrderWave.Size / 5, "some of the charges");
        await shop.SignalAsync(service, "KILL");
        Assert.InRange((await books.LedgerAsync()).Charges, 1, OrderWave.Size - 1);
        await shop.StartAsync(service);

        await books.CloseAsync(Stopwatch.GetTimestamp(), wave);
    }
}
