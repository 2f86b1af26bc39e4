using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Npgsql;
using Shop.Lab;
using Shop.Tests.AppHost;

namespace Shop.Tests.Faults;

/// <summary>Stops and restarts parts of the running Shop.</summary>
internal static class ShopFaults
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>The process id of a service. Read it before the load starts, because the request would queue behind it.</summary>
    public static async Task<int> ProcessAsync(this ShopFixture shop, string service)
    {
        using var lab = await shop.LabAsync(service);
        return (await lab.GetFromJsonAsync<JsonElement>("/lab/process", Cancellation)).GetProperty("processId").GetInt32();
    }

    /// <summary>Sends a signal to the process of a service, waits until it has exited and returns its exit code.</summary>
    public static async Task<int?> SignalAsync(this ShopFixture shop, string service, int process, string signal)
    {
        using (var kill = Process.Start("kill", [$"-{signal}", $"{process}"]))
            await kill.WaitForExitAsync(Cancellation);
        return await WaitForEndAsync(shop, service);
    }

    /// <summary>Stops a server or a service with its stop command and waits until it has exited.</summary>
    public static async Task StopAsync(this ShopFixture shop, string resource)
    {
        await shop.App.CommandAsync(resource, KnownResourceCommands.StopCommand);
        await WaitForEndAsync(shop, resource);
    }

    /// <summary>
    /// Does what <c>pg_ctl stop -m immediate</c> does: sends SIGQUIT to the postmaster, which exits without a checkpoint. The server sends
    /// the signal itself, so this works wherever the server runs.
    /// </summary>
    public static async Task StopPostgresImmediatelyAsync(this ShopFixture shop)
    {
        await using var connection = new NpgsqlConnection(await shop.App.GetConnectionStringAsync("postgres", Cancellation));
        await connection.OpenAsync(Cancellation);
        await using var quit = new NpgsqlCommand("COPY (SELECT 1) TO PROGRAM 'kill -QUIT $(head -n 1 postmaster.pid)'", connection);
        try
        {
            await quit.ExecuteNonQueryAsync(Cancellation);
        }
        catch (NpgsqlException)
        {
            // The shutdown closes this connection too.
        }
        await WaitForEndAsync(shop, "postgres");
    }

    /// <summary>Starts a resource that was stopped or killed and waits until it is healthy.</summary>
    public static async Task StartAsync(this ShopFixture shop, string resource)
    {
        await shop.App.CommandAsync(resource, KnownResourceCommands.StartCommand);
        await shop.App.WaitForHealthyAsync(resource);
    }

    /// <summary>Requests a probe of a service.</summary>
    public static async Task<HttpStatusCode> ProbeAsync(this ShopFixture shop, string service, string route)
    {
        using var client = shop.App.CreateHttpClient(service);
        using var response = await client.GetAsync(route, Cancellation);
        return response.StatusCode;
    }

    /// <summary>
    /// Starts every resource that is still stopped and waits until each service has connected to its servers and consumes its queue again,
    /// so that a test, failed or not, leaves a complete Shop to the next.
    /// </summary>
    public static async ValueTask RestoreAsync(this ShopFixture shop)
    {
        foreach (var resource in (string[])["postgres", "redis", "bus", .. ShopAddresses.Names])
        {
            if (shop.App.ResourceNotifications.TryGetCurrentState(resource, out var current) && IsEnd(current.Snapshot.State?.Text))
                await shop.StartAsync(resource);
        }
        // Not the health that Aspire knows, which it asks for now and then.
        foreach (var service in ShopAddresses.Names)
        {
            await Eventually.ReadAsync(
                () => shop.ProbeAsync(service, "/health"), status => status == HttpStatusCode.OK, $"{service} to serve again");
        }
        await Eventually.ReadAsync(() => ServiceQueues.WithoutConsumerAsync(shop.App), queues => queues == "", "each queue to be consumed");
    }

    private static async Task<int?> WaitForEndAsync(ShopFixture shop, string resource)
        => (await shop.App.ResourceNotifications.WaitForResourceAsync(resource, change => IsEnd(change.Snapshot.State?.Text), Cancellation))
            .Snapshot.ExitCode;

    private static bool IsEnd(string? state) => KnownResourceStates.TerminalStates.Contains(state);
}
