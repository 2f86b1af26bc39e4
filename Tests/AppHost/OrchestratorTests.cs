using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Shop.Tests.AppHost;

/// <summary>The contract with the genuine orchestrator: it runs an executable, hands over its log, and ends it.</summary>
public sealed class OrchestratorTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AnExecutableRunsIsReadAndIsStopped()
    {
        await using var builder = DistributedApplicationTestingBuilder.Create();
        builder.AddExecutable("greeter", "sh", ".", "-c", "echo hello from $GREETING; exec sleep 600").WithEnvironment("GREETING", "the orchestrator");
        await using var app = await builder.BuildAsync(Cancellation);
        await app.StartAsync(Cancellation);
        await app.ResourceNotifications.WaitForResourceAsync("greeter", KnownResourceStates.Running, Cancellation);

        Assert.Contains("hello from the orchestrator", await FirstLineAsync(app, "greeter"), StringComparison.Ordinal);

        var stopped = await app.ResourceCommands.ExecuteCommandAsync("greeter", KnownResourceCommands.StopCommand, Cancellation);
        Assert.True(stopped.Success, stopped.Message);
        var end = await app.ResourceNotifications.WaitForResourceAsync("greeter", resource => KnownResourceStates.TerminalStates.Contains(resource.Snapshot.State?.Text), Cancellation);
        Assert.NotNull(end.Snapshot.StopTimeStamp);
    }

    private static async Task<string> FirstLineAsync(DistributedApplication app, string resource)
    {
        await foreach (var lines in app.Services.GetRequiredService<ResourceLoggerService>().WatchAsync(resource).WithCancellation(Cancellation))
        {
            if (lines.FirstOrDefault(line => line.Content.Contains("hello", StringComparison.Ordinal)) is { Content: { } content })
                return content;
        }
        return "";
    }
}
