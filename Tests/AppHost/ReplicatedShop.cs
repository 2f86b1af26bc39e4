using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Shop.Lab;

namespace Shop.Tests.AppHost;

/// <summary>A Shop with two replicas of each service.</summary>
public sealed class ReplicatedShop : IAsyncLifetime
{
    internal const int Replicas = 2;
    private DistributedApplication? _app;

    internal DistributedApplication App => _app ?? throw new InvalidOperationException("The Shop has not been started.");

    public async ValueTask InitializeAsync()
    {
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>(
            [$"--Shop:Replicas={Replicas}", "--Shop:Monitoring=true"]);
        _app = await builder.BuildAsync();
        await _app.StartAsync();
        await _app.WaitForHealthyAsync(ShopFixture.Services);
        await _app.WaitForHealthyReplicasAsync(Replicas, [.. ShopAddresses.Names]);
        await ShopFixture.WarmUpAsync(_app);
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
            await _app.DisposeAsync();
    }
}
