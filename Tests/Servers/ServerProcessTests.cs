using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.DependencyInjection;
using Shop.Tests.AppHost;
using StackExchange.Redis;

namespace Shop.Tests.Servers;

/// <summary>A server that runs as a process is to its users what the container would be.</summary>
[Part(Part.Shop)]
public sealed class ServerProcessTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AServerIsReadStoppedAndStartedAgainWithItsData()
    {
        await using var builder = await DistributedApplicationTestingBuilder
            .CreateAsync<Projects.AppHost>(["--Shop:Servers=processes"], Cancellation);
        await using var app = await builder.Only("redis").BuildAsync(Cancellation);
        await app.StartAsync(Cancellation);
        await app.WaitForHealthyAsync("redis");
        await WaitForLineAsync(app, "Ready to accept connections");
        await UseAsync(app, database => database.StringSetAsync("kept", "yes"));

        await app.CommandAsync("redis", KnownResourceCommands.StopCommand);
        await app.ResourceNotifications.WaitForResourceAsync("redis",
            change => KnownResourceStates.TerminalStates.Contains(change.Snapshot.State?.Text), Cancellation);
        await app.CommandAsync("redis", KnownResourceCommands.StartCommand);
        await app.WaitForHealthyAsync("redis");

        Assert.Equal("yes", (string?)await UseAsync(app, database => database.StringGetAsync("kept")));
    }

    private static async Task<T> UseAsync<T>(DistributedApplication app, Func<IDatabase, Task<T>> use)
    {
        await using var redis = await ConnectionMultiplexer.ConnectAsync((await app.GetConnectionStringAsync("redis", Cancellation))!);
        return await use(redis.GetDatabase());
    }

    private static async Task WaitForLineAsync(DistributedApplication app, string text)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        timeout.CancelAfter(Eventually.Timeout);
        var redis = app.Services.GetRequiredService<DistributedApplicationModel>().Resources.Single(resource => resource.Name == "redis");
        var logs = app.Services.GetRequiredService<ResourceLoggerService>().WatchAsync(redis);
        await foreach (var lines in logs.WithCancellation(timeout.Token))
        {
            if (lines.Any(line => line.Content.Contains(text, StringComparison.Ordinal)))
                return;
        }
        Assert.Fail($"The log of redis ended without '{text}'.");
    }
}
