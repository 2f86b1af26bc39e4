using MassTransit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace Shop.ServiceDefaults.Messages;

/// <summary>The bus between the services: RabbitMQ through MassTransit.</summary>
public static class MessageBus
{
    private const int PrefetchCount = 32;
    // A quarter of an hour in all, well below RabbitMQ's half hour for an unacknowledged message.
    private const int OutageRetries = 90;
    private static readonly TimeSpan MinOutageRetry = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan MaxOutageRetry = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan[] Retries = [TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(500), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(5)];

    /// <summary>
    /// Connects to the bus that the connection string <c>bus</c> names. A message that still fails after its retries
    /// goes to the queue's <c>_error</c> queue, and those behind it flow on. While a dependency is away (see
    /// <see cref="UnavailableException"/>) messages wait much longer, at most the prefetch count of them in the process.
    /// </summary>
    public static void AddMessageBus(this IHostApplicationBuilder builder, Action<IBusRegistrationConfigurator> configure)
    {
        builder.Services.AddSingleton<BrokerWait>();
        builder.Services.AddMassTransit(bus =>
        {
            bus.DisableUsageTelemetry();
            // Consumers of one name in two services would otherwise share a queue, and each message would reach only one of them.
            bus.SetEndpointNameFormatter(new KebabCaseEndpointNameFormatter(builder.Environment.ApplicationName, includeNamespace: false));
            // A lost bus delays the flow but stops no request: the outbox keeps what was accepted.
            bus.ConfigureHealthCheckOptions(options => options.MinimalFailureStatus = HealthStatus.Degraded);
            configure(bus);
            bus.UsingRabbitMq((context, rabbit) =>
            {
                rabbit.Host(new Uri(builder.Configuration.GetConnectionString("bus")
                    ?? throw new InvalidOperationException("The bus needs a connection string: set ConnectionStrings:bus.")),
                    host => host.OnRefreshConnectionFactory = context.GetRequiredService<BrokerWait>().WaitAsync);
                rabbit.PrefetchCount = PrefetchCount;
                rabbit.UseMessageRetry(WaitOutOutages);
                rabbit.UseMessageRetry(RetryOthers);
                MessageQueues.Bind(rabbit);
                rabbit.ConfigureEndpoints(context);
            });
        });
        builder.Services.Configure<MassTransitHostOptions>(options =>
        {
            // Without this, publishing right after the start loses messages.
            options.WaitUntilStarted = true;
            // A message that waits out an outage goes back to its queue when the service stops.
            options.ConsumerStopTimeout = TimeSpan.FromSeconds(5);
        });
    }

    private static void WaitOutOutages(IRetryConfigurator retry)
    {
        retry.Handle<Exception>(Outages.IsOutage);
        retry.Exponential(OutageRetries, MinOutageRetry, MaxOutageRetry, MinOutageRetry);
    }

    private static void RetryOthers(IRetryConfigurator retry)
    {
        retry.Ignore<Exception>(Outages.IsOutage);
        retry.Intervals(Retries);
    }
}
