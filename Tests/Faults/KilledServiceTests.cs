using System.Diagnostics;
using Shop.Tests.AppHost;

namespace Shop.Tests.Faults;

/// <summary>A service is killed by SIGKILL during 200 orders.</summary>
[RunningShop(Part.Faults)]
public sealed class KilledServiceTests(ShopFixture shop) : IAsyncDisposable
{
    // Fast enough that work queues up and is in progress at the kill.
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(5);

    public ValueTask DisposeAsync() => shop.RestoreAsync();

    [Fact]
    public Task EveryAcceptedOrderIsCompletedOnceAlthoughOrdersIsKilled()
        => KillAsync("orders", (wave, _) => Task.FromResult<long>(wave.Accepted.Count));

    [Fact]
    public Task EveryAcceptedOrderIsCompletedOnceAlthoughPaymentsIsKilled()
        => KillAsync("payments", async (_, audit) => (await audit.ChargesAsync()).Charges);

    private async Task KillAsync(string service, Func<OrderWave, OrderAudit, Task<long>> progress)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no SIGKILL.");
        using var audit = await OrderAudit.StartAsync(shop.App);
        var wave = await OrderWave.PrepareAsync(shop.App, $"killed-{service}");
        var process = await shop.ProcessAsync(service);
        wave.Start(Interval);
        await Eventually.ReadAsync(
            () => progress(wave, audit), done => done >= OrderWave.Size / 5, $"{service} to have completed some of its work");
        await shop.SignalAsync(service, process, "KILL");
        Assert.InRange(await progress(wave, audit), 1, OrderWave.Size - 1);
        await shop.StartAsync(service);

        await audit.VerifyAsync(Stopwatch.GetTimestamp(), wave);
    }
}
