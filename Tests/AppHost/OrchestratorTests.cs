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

        await WaitForLineAsync(app, "greeter", "hello from the orchestrator");

        var stopped = await app.ResourceCommands.ExecuteCommandAsync("greeter", KnownResourceCommands.StopCommand, Cancellation);
        Assert.True(stopped.Success, stopped.Message);
        var end = await app.ResourceNotifications.WaitForResourceAsync("greeter", resource => KnownResourceStates.TerminalStates.Contains(resource.Snapshot.State?.Text), Cancellation);
        Assert.NotNull(end.Snapshot.StopTimeStamp);
    }

    private static async Task WaitForLineAsync(DistributedApplication app, string resource, string text)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        timeout.CancelAfter(Eventually.Timeout);
        await foreach (var lines in app.Services.GetRequiredService<ResourceLoggerService>().WatchAsync(resource).WithCancellation(timeout.Token))
        {
            if (lines.Any(line => line.Content.EndsWith(text, StringComparison.Ordinal)))
                return;
        }
        Assert.Fail($"The log of {resource} ended without '{text}'.");
    }
}
