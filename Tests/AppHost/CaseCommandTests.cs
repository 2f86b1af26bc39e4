using System.Text.Json;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Shop.Lab.Proof;

namespace Shop.Tests.AppHost;

/// <summary>Executes the commands of the dashboard through the service that the dashboard uses.</summary>
[RunningShop]
public sealed class CaseCommandTests(ShopFixture shop) : IAsyncLifetime
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync() => await ExecuteAsync("orders", "switch-case", ("case", "OrderEvents"), ("variant", "Fixed"));

    [Fact]
    public async Task TheCommandsSwitchAndResetACase()
    {
        var switched = await ExecuteAsync("orders", "switch-case", ("case", "OrderEvents"), ("variant", "Leaky"));
        var reset = await ExecuteAsync("orders", "reset-case", ("case", "OrderEvents"));

        Assert.True(switched.Success, switched.Message);
        Assert.Equal("Leaky", Read(switched).GetProperty("variant").GetString());
        Assert.True(reset.Success, reset.Message);
        Assert.Equal(0, Read(reset).GetProperty("heldItemsAfter").GetInt64());
    }

    [Fact]
    public async Task TheCollectCommandReportsTheHeapSize()
    {
        var collected = await ExecuteAsync("documents", "collect");

        Assert.True(collected.Success, collected.Message);
        Assert.True(collected.Data!.DisplayImmediately);
        Assert.InRange(Read(collected).GetProperty("heapBytesAfter").GetInt64(), 1, long.MaxValue);
    }

    /// <summary>The choices are those of the running service, so another value never reaches it.</summary>
    [Theory]
    [InlineData("PaymentPayload", "Published")]
    [InlineData("OrderEvents", "Leaky")]
    public async Task ACommandRejectsACaseOrVariantThatTheServiceLacks(string @case, string variant)
    {
        using var lab = await shop.LabAsync("payments");
        var before = await lab.GetStringAsync("/lab/cases", Cancellation);
        var result = await ExecuteAsync("payments", "switch-case", ("case", @case), ("variant", variant));

        Assert.False(result.Success);
        Assert.Equal("Command argument validation failed.", result.Message);
        Assert.Equal(before, await lab.GetStringAsync("/lab/cases", Cancellation));
    }

    /// <summary><c>ProveTests</c> covers the proof itself; this test covers its log lines and its cancellation.</summary>
    [Fact]
    public async Task CancellationEndsAProof()
    {
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var services = shop.App.Services;
        var orders = services.GetRequiredService<DistributedApplicationModel>().Resources.Single(resource => resource.Name == "orders");
        var running = ExecuteAsync("orders", "prove-case", cancel.Token, ("case", "OrderEvents"));
        // A proof that ends or fails before it is cancelled never prints the line.
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        limit.CancelAfter(TimeSpan.FromMinutes(5));
        await foreach (var lines in services.GetRequiredService<ResourceLoggerService>().WatchAsync(orders).WithCancellation(limit.Token))
        {
            if (lines.Any(line => line.Content.Contains($"{ProveCommand.Building}: done.", StringComparison.Ordinal)))
                break;
        }
        await cancel.CancelAsync();

        Assert.True((await running).Canceled);
    }

    private Task<ExecuteCommandResult> ExecuteAsync(string resource, string command, params (string Name, string Value)[] arguments)
        => ExecuteAsync(resource, command, Cancellation, arguments);

    private async Task<ExecuteCommandResult> ExecuteAsync(
        string resource, string command, CancellationToken cancellation, params (string Name, string Value)[] arguments)
    {
        var inputs = arguments.Select(
            argument => new InteractionInput { Name = argument.Name, InputType = InputType.Choice, Value = argument.Value });
        return await shop.App.ResourceCommands.ExecuteCommandAsync(
            resource, command, new InteractionInputCollection([.. inputs]), cancellation);
    }

    private static JsonElement Read(ExecuteCommandResult result) => JsonDocument.Parse(result.Data!.Value).RootElement;
}
