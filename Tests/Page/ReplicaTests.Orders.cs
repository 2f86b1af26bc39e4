using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text.Json;
using Aspire.Hosting.ApplicationModel;
using Shop.Lab;
using Shop.Tests.AppHost;
using Shop.Tests.Faults;

namespace Shop.Tests.Page;

/// <summary>Orders, of which each step may be processed by another replica.</summary>
public sealed partial class ReplicaTests
{
    // Fast enough that work queues up and is in progress at each kill.
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(5);

    [Fact]
    public async Task EveryAcceptedOrderIsCompletedOnceAlthoughAReplicaOfEachServiceIsKilled()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no SIGKILL.");
        using var audit = await OrderAudit.StartAsync(shop.App);
        var wave = await OrderWave.PrepareAsync(shop.App, "replicas");
        // Read before the load starts, because the requests would queue behind it.
        var processes = new List<int>();
        foreach (var service in ShopAddresses.Names)
            processes.Add((await SendAsync(service, HttpMethod.Get, "/lab/process", null)).GetProperty("processId").GetInt32());
        wave.Start(Interval);
        foreach (var (index, processId) in processes.Index())
        {
            await wave.ReachAsync(OrderWave.Size * (index + 1) / (processes.Count + 1));
            using var process = Process.GetProcessById(processId);
            process.Kill();
        }
        var killed = Stopwatch.GetTimestamp();
        // The other replicas complete what the killed ones had begun.
        await wave.AllAcceptedAsync();
        await PendingOrders.CompletedAsync(shop.App);
        await RestartAsync();

        await audit.VerifyAsync(killed, wave);
    }

    [Fact]
    public async Task EachSocketIsToldWhereverItsOrderIsProcessed()
    {
        const int customers = 12;
        var all = await Task.WhenAll(
            Enumerable.Range(0, customers).Select(number => TestCustomer.LogInAsync(shop.App, $"replica-socket-{number}")));
        var sockets = await Task.WhenAll(all.Select(customer => customer.OpenSocketAsync()));
        try
        {
            await WaitForBothAsync("sessions", "Subscriptions", state => state.GetProperty("heldItems").GetInt64() > 0,
                "both replicas to have sockets");
            var orders = await Task.WhenAll(all.Select(PlaceAsync));

            Assert.Equal(orders, await Task.WhenAll(sockets.Select(ReadOrderAsync)));
        }
        finally
        {
            foreach (var socket in sockets)
                socket.Dispose();
            foreach (var customer in all)
                customer.Dispose();
        }
    }

    // After another test has killed a replica, those that call it answer 503 for some seconds; a client then repeats its request.
    private static async Task<Guid> PlaceAsync(TestCustomer customer)
    {
        await customer.PutInCartAsync("SKU-0001", 1);
        var key = Guid.NewGuid().ToString("N");
        return await Eventually.ReadAsync(async () =>
        {
            using var response = await customer.PostOrderAsync(key);
            return response.StatusCode == HttpStatusCode.Accepted
                ? (await response.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("orderId").GetGuid()
                : Guid.Empty;
        }, order => order != Guid.Empty, "an accepted order");
    }

    private static async Task<Guid> ReadOrderAsync(ClientWebSocket socket)
    {
        var buffer = new byte[4096];
        var received = await socket.ReceiveAsync(buffer, Cancellation);
        Assert.Equal(WebSocketMessageType.Text, received.MessageType);
        using var message = JsonDocument.Parse(buffer.AsMemory(0, received.Count));
        return message.RootElement.GetProperty("orderId").GetGuid();
    }

    // Each killed replica has its own resource id.
    private async Task RestartAsync()
    {
        var services = ShopAddresses.Names.ToArray();
        var ended = new Dictionary<string, string>();
        using var watch = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        await foreach (var change in shop.App.ResourceNotifications.WatchAsync(watch.Token))
        {
            if (!services.Contains(change.Resource.Name))
                continue;
            if (KnownResourceStates.TerminalStates.Contains(change.Snapshot.State?.Text))
                ended[change.Resource.Name] = change.ResourceId;
            if (ended.Count == services.Length)
                break;
        }
        foreach (var resourceId in ended.Values)
            await shop.App.CommandAsync(resourceId, KnownResourceCommands.StartCommand);
        foreach (var service in services)
            await WaitForBothAsync(service, null, _ => true, $"both replicas of {service} to serve");
    }
}
