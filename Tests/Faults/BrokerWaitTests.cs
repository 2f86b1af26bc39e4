using System.Collections.Concurrent;
using System.Diagnostics;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Shop.ServiceDefaults.Messages;
using Shop.Tests.AppHost;

namespace Shop.Tests.Faults;

/// <summary>A service's bus with only its broker, which stops or loses connections.</summary>
[Part(Part.Faults)]
public sealed class BrokerWaitTests
{
    private static readonly TimeSpan Outage = TimeSpan.FromSeconds(5);
    // MassTransit's own retry takes 6 to 30 s, and longer after each outage.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task MessagesFlowSoonAfterEachOutageAndAServiceStopsWithoutItsBroker()
    {
        await using var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>(Cancellation);
        await using var app = await builder.Only("bus").BuildAsync(Cancellation);
        await app.StartAsync(Cancellation);
        await app.WaitForHealthyAsync("bus");
        using var service = Service((await app.GetConnectionStringAsync("bus", Cancellation))!);
        await service.StartAsync(Cancellation);

        for (var outage = 0; outage < 2; outage++)
        {
            await StopBrokerAsync(app);
            await Task.Delay(Outage, Cancellation);
            await app.CommandAsync("bus", KnownResourceCommands.StartCommand);
            await app.WaitForHealthyAsync("bus");
            await AssertFlowsAsync(service);
        }
        await StopBrokerAsync(app);
        await service.StopAsync(Cancellation).WaitAsync(Eventually.Timeout, Cancellation);
    }

    /// <summary>
    /// The connection is reset while an exchange is declared. Whether others wait for it then is a race in the client: two services of ten
    /// never started, so many are started at once.
    /// </summary>
    [Fact]
    public async Task AServiceStartsAlthoughItsConnectionIsLostWhileItDeclaresItsQueue()
    {
        const int services = 16;
        await using var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>(Cancellation);
        await using var app = await builder.Only("bus").BuildAsync(Cancellation);
        await app.StartAsync(Cancellation);
        await app.WaitForHealthyAsync("bus");
        var broker = new UriBuilder((await app.GetConnectionStringAsync("bus", Cancellation))!);
        var proxies = Enumerable.Range(0, services).Select(_ => new CuttingProxy(broker.Port)).ToList();
        var hosts = proxies.Select(proxy => Service(new UriBuilder(broker.Uri) { Port = proxy.Port }.Uri.ToString())).ToList();
        try
        {
            await Task.WhenAll(hosts.Select(host => host.StartAsync(Cancellation))).WaitAsync(Eventually.Timeout, Cancellation);

            Assert.All(proxies, proxy => Assert.Equal(1, proxy.Cuts));
        }
        finally
        {
            hosts.ForEach(host => host.Dispose());
            proxies.ForEach(proxy => proxy.Dispose());
        }
    }

    private static IHost Service(string bus)
    {
        var service = Host.CreateApplicationBuilder();
        service.Configuration["ConnectionStrings:bus"] = bus;
        service.Services.AddSingleton(TimeProvider.System).AddSingleton<Received>();
        service.AddMessageBus(registration => registration.AddConsumer<Receiver, ReceiverDefinition>());
        return service.Build();
    }

    private static async Task AssertFlowsAsync(IHost service)
    {
        var message = new PaymentDeclined(Guid.NewGuid(), "", "", default);
        var recovered = Stopwatch.GetTimestamp();
        await service.Services.GetRequiredService<IBus>().Publish(message, Cancellation).WaitAsync(Limit, Cancellation);
        await Eventually.ReadAsync(
            () => Task.FromResult(service.Services.GetRequiredService<Received>().Contains(message)),
            received => received,
            $"a message to arrive within {Limit} of the broker's return", Limit - Stopwatch.GetElapsedTime(recovered));
    }

    private static async Task StopBrokerAsync(DistributedApplication app)
    {
        await app.CommandAsync("bus", KnownResourceCommands.StopCommand);
        await app.ResourceNotifications.WaitForResourceAsync(
            "bus", change => KnownResourceStates.TerminalStates.Contains(change.Snapshot.State?.Text), Cancellation);
    }

    private sealed class Received : ConcurrentBag<PaymentDeclined>
    {
        public bool Contains(PaymentDeclined message) => ToArray().Contains(message);
    }

    private sealed class Receiver(Received received) : IConsumer<PaymentDeclined>
    {
        public Task Consume(ConsumeContext<PaymentDeclined> context)
        {
            received.Add(context.Message);
            return Task.CompletedTask;
        }
    }

    private sealed class ReceiverDefinition : ConsumerDefinition<Receiver>
    {
        public ReceiverDefinition() => EndpointName = MessageQueues.OrdersStatus;
    }
}
