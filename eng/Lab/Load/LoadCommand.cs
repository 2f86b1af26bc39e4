using System.CommandLine;
using Shop.ServiceDefaults;

namespace Shop.Lab.Load;

/// <summary>The command <c>load</c>: steady, seeded shoppers on the running shop.</summary>
internal static class LoadCommand
{
    public static Command Create()
    {
        var command = new Command("load",
            "Sends seeded shoppers into the running shop: each logs in, fills a cart, orders, waits for the outcome on a WebSocket, and reads.");
        var options = LoadOptions.AddTo(command);
        command.SetCancellableAction((parsed, stop) => RunAsync(options(parsed), TimeProvider.System, stop));
        return command;
    }

    private static async Task<int> RunAsync(LoadOptions options, TimeProvider time, CancellationToken stop)
    {
        using var connections = ShopClient.CreatePool(LoadRun.MaxInFlight);
        await ShopProbe.RequireAsync(options.Addresses, connections, stop);
        await using var json = LoadReport.Open(options.Json);
        var statistics = new LoadStatistics(time);
        var schedule = new ArrivalSchedule(options.Rate, options.Ramp, options.Arrivals == LoadOptions.Constant, options.Seed);
        var shop = LoadContext.Create(options.Addresses, connections, statistics, options.Shoppers, options.Seed, time);
        using var run = new LoadRun(shop, schedule, options.Duration);
        var running = run.RunAsync(stop);
        await ProgressReport.ShowAsync(options, statistics, running, time);
        await running;
        var end = statistics.ReadAll();
        LoadSummary.Write(end);
        await LoadReport.WriteAsync(json, options, end);
        if (end.Settled + end.Declined == 0)
            throw new LabException($"No order was settled or declined: after {Durations.Show(end.Elapsed)} there were {end.Arrivals} arrivals.");
        return end.Failed == 0 ? CommandLine.Done : CommandLine.Failed;
    }
}
