using System.CommandLine;
using Shop.ServiceDefaults;

namespace Shop.Lab.Load;

/// <summary>The command <c>load</c>: steady, seeded shoppers on the running shop.</summary>
internal static class LoadCommand
{
    private static readonly TimeSpan ProbeTimeout = TimeSpan.FromSeconds(3);

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
        await RequireShopAsync(options.Addresses, connections, stop);
        await using var json = LoadReport.Open(options.Json);
        var statistics = new LoadStatistics(time);
        var schedule = new ArrivalSchedule(options.Rate, options.Ramp, options.Arrivals == LoadOptions.Constant, options.Seed);
        using var run = new LoadRun(CreateContext(options, statistics, connections, time), schedule, options.Duration);
        var running = run.RunAsync(stop);
        await ProgressReport.ShowAsync(options, statistics, running, time);
        await running;
        var end = statistics.Read();
        LoadSummary.Write(end);
        await LoadReport.WriteAsync(json, options, end);
        if (end.Settled + end.Declined == 0)
            throw new LabException($"No order was settled or declined: after {Durations.Show(end.Elapsed)} there were {end.Arrivals} arrivals.");
        return end.Failed == 0 ? CommandLine.Done : CommandLine.Failed;
    }

    private static LoadContext CreateContext(LoadOptions options, LoadStatistics statistics, HttpMessageInvoker connections, TimeProvider time) => new()
    {
        Client = new ShopClient(connections, options.Addresses, statistics, time),
        Connections = connections,
        Addresses = options.Addresses,
        Statistics = statistics,
        Customers = new CustomerPool(options.Shoppers, time),
        Catalogue = new Catalogue(),
        Images = new PngImages(options.Seed),
        Time = time,
        Seed = options.Seed,
    };

    /// <summary>A shop that is not there is one line, not a thousand errors.</summary>
    private static async Task RequireShopAsync(ShopAddresses addresses, HttpMessageInvoker connections, CancellationToken stop)
    {
        var alive = await Task.WhenAll(ShopAddresses.Names.Select(async service => (Service: service, Answers: await IsAliveAsync(addresses[service], connections, stop))));
        var missing = alive.Where(service => !service.Answers).Select(service => $"{service.Service} ({addresses[service.Service].GetLeftPart(UriPartial.Authority)})").ToList();
        if (missing.Count > 0)
            throw new LabException($"The shop is not up: no answer from {string.Join(", ", missing)}. Start it with: dotnet run --project AppHost");
    }

    private static async Task<bool> IsAliveAsync(Uri address, HttpMessageInvoker connections, CancellationToken stop)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(stop);
        timeout.CancelAfter(ProbeTimeout);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(address, "/alive"));
            using var response = await connections.SendAsync(request, timeout.Token);
            return response.IsSuccessStatusCode;
        }
        catch (Exception exception) when (!stop.IsCancellationRequested && exception is HttpRequestException or IOException or OperationCanceledException)
        {
            return false;
        }
    }
}
