using System.Diagnostics;
using Shop.Lab.Cases;
using Shop.Lab.Load;

namespace Shop.Lab.Cost;

/// <summary>Makes the load in this process and reads before and after an interval what the processes of the Shop have used.</summary>
internal sealed class CostRun(ShopAddresses addresses, string key, double rate)
{
    private const int Shoppers = 200;
    private const int Seed = 1;
    private readonly LoadStatistics _statistics = new(TimeProvider.System);

    /// <summary>Measures.</summary>
    /// <param name="warmUp">How long the load runs before.</param>
    /// <param name="duration">How long is measured.</param>
    /// <param name="stop">Ends it early, without a result.</param>
    /// <exception cref="LabException">There is no /proc, or the Shop does not answer.</exception>
    public async Task<CostResult> RunAsync(TimeSpan warmUp, TimeSpan duration, CancellationToken stop)
    {
        if (!OperatingSystem.IsLinux())
            throw new LabException("What the processes use is read from Linux's /proc: there is none here.", CommandLine.Skipped);
        using var connections = ShopClient.CreatePool(LoadRun.MaxInFlight);
        await ShopProbe.RequireAsync(addresses, connections, stop);
        using var lab = new LabClient(addresses, key);
        var service = await lab.ReadProcessAsync(ShopAddresses.Names.First(), stop);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var loading = rate > 0 ? LoadAsync(connections, ending.Token) : Task.CompletedTask;
        await Task.Delay(warmUp, stop);
        var result = await MeasureAsync(service.ProcessId, duration, stop);
        await ending.CancelAsync();
        await loading;
        return result;
    }

    private async Task<CostResult> MeasureAsync(int service, TimeSpan duration, CancellationToken stop)
    {
        var (before, load, start) = (ProcessTable.Read(), _statistics.Read(), Stopwatch.GetTimestamp());
        await Task.Delay(duration, stop);
        var (after, elapsed) = (ProcessTable.Read(), Stopwatch.GetElapsedTime(start));
        var groups = ShopGroups.Of(after, service, Environment.ProcessId);
        return new(GroupCost.Between(before, after, groups), elapsed, load, _statistics.Read());
    }

    private async Task LoadAsync(HttpMessageInvoker connections, CancellationToken stop)
    {
        var shop = LoadContext.Create(addresses, connections, _statistics, Shoppers, Seed, TimeProvider.System);
        using var run = new LoadRun(shop, new ArrivalSchedule(rate, TimeSpan.Zero, isConstant: false, Seed), duration: null);
        await run.RunAsync(stop);
    }
}
