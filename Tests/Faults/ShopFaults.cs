using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Npgsql;
using Shop.Tests.AppHost;

namespace Shop.Tests.Faults;

/// <summary>How a part of the running Shop is taken away, and brought back.</summary>
internal static class ShopFaults
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>The process of a service. Asked for before the load, behind which the question would have to queue.</summary>
    public static async Task<int> ProcessAsync(this ShopFixture shop, string service)
    {
        using var lab = await shop.LabAsync(service);
        return (await lab.GetFromJsonAsync<JsonElement>("/lab/process", Cancellation)).GetProperty("processId").GetInt32();
    }

    /// <summary>Sends a signal to the process of a service and waits until it is gone; returns its exit code.</summary>
    public static async Task<int?> SignalAsync(this ShopFixture shop, string service, int process, string signal)
    {
        using (var kill = Process.Start("kill", [$"-{signal}", $"{process}"]))
            await kill.WaitForExitAsync(Cancellation);
        return await WaitForEndAsync(shop, service);
    }

    /// <summary>Stops a server or a service by its command and waits until it is gone.</summary>
    public static async Task StopAsync(this ShopFixture shop, string resource)
    {
        await CommandAsync(shop, resource, KnownResourceCommands.StopCommand);
        await WaitForEndAsync(shop, resource);
    }

    /// <summary>
    /// What <c>pg_ctl stop -m immediate</c> does: SIGQUIT to the postmaster, which ends without a checkpoint. Sent by the server
    /// itself, so that it works wherever the server runs.
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
            // This connection ends with the others.
        }
        await WaitForEndAsync(shop, "postgres");
    }

    /// <summary>Starts what was stopped or killed and waits until it is healthy.</summary>
    public static async Task StartAsync(this ShopFixture shop, string resource)
    {
        await CommandAsync(shop, resource, KnownResourceCommands.StartCommand);
        await shop.App.ResourceNotifications.WaitForResourceHealthyAsync(resource, Cancellation);
    }

    /// <summary>Starts whatever is still away: a test that failed leaves a whole Shop to the next.</summary>
    public static async ValueTask HealAsync(this ShopFixture shop)
    {
        foreach (var resource in (string[])["postgres", "redis", "bus", "sessions", "orders", "payments", "documents"])
        {
            if (shop.App.ResourceNotifications.TryGetCurrentState(resource, out var current) && IsEnd(current.Snapshot.State?.Text))
                await shop.StartAsync(resource);
        }
    }

    private static async Task CommandAsync(ShopFixture shop, string resource, string command)
    {
        var result = await shop.App.ResourceCommands.ExecuteCommandAsync(resource, command, Cancellation);
        Assert.True(result.Success, $"{command} {resource}: {result.Message}");
    }

    private static async Task<int?> WaitForEndAsync(ShopFixture shop, string resource)
        => (await shop.App.ResourceNotifications.WaitForResourceAsync(resource, change => IsEnd(change.Snapshot.State?.Text), Cancellation))
            .Snapshot.ExitCode;

    private static bool IsEnd(string? state) => KnownResourceStates.TerminalStates.Contains(state);
}
