using MassTransit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace Shop.ServiceDefaults.Messages;

/// <summary>Registers the bus between the services: RabbitMQ through MassTransit.</summary>
public static class MessageBus
{
    private const int PrefetchCount = 32;
    // A quarter of an hour in total, well below RabbitMQ's half hour for an unacknowledged message.
    private const int OutageRetries = 90;
    private static readonly TimeSpan MinOutageRetry = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan MaxOutageRetry = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan[] Retries =
        [TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(500), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(5)];

    /// <summary>
    /// Connects to the broker in the connection string <c>bus</c>. A message that still fails after its retries moves to
    /// the queue's <c>_error</c> queue, so that it does not block the messages after it. While a dependency is unavailable
    /// (see <see cref="UnavailableException"/>), messages are retried for much longer; the prefetch count limits how many
    /// of them the process holds.
    /// </summary>
    public static void AddMessageBus(this IHostApplicationBuilder builder, Action<IBusRegistrationConfigurator> configure)
    {
        builder.Services.AddSingleton<BrokerWait>();
        builder.Services.AddMassTransit(bus =>
        {
            bus.DisableUsageTelemetry();
            // Without the prefix, consumers of the same name in two services would share a queue and compete for its messages.
            bus.SetEndpointNameFormatter(new KebabCaseEndpointNameFormatter(builder.Environment.ApplicationName, includeNamespace: false));
            // Without the bus, requests still succeed: the outbox stores their messages.
            bus.ConfigureHealthCheckOptions(options => options.MinimalFailureStatus = HealthStatus.Degraded);
            bus.AddConfigureEndpointsCallback((_, name, endpoint) => MessageQueues.DeclareOnlyQueue(name, endpoint));
            configure(bus);
            bus.UsingRabbitMq((context, rabbit) =>
            {
                rabbit.Host(new Uri(builder.Configuration.GetConnectionString("bus")
                    ?? throw new InvalidOperationException("The bus requires a connection string: set ConnectionStrings:bus.")),
                    host => host.OnRefreshConnectionFactory = context.GetRequiredService<BrokerWait>().WaitAsync);
                rabbit.PrefetchCount = PrefetchCount;
                rabbit.UseMessageRetry(RetryOutages);
                rabbit.UseMessageRetry(RetryOtherFailures);
                MessageQueues.Bind(rabbit);
                rabbit.ConfigureEndpoints(context);
            });
        });
        builder.Services.Configure<MassTransitHostOptions>(options =>
        {
            // Without this, messages that are published right after the start are lost.
            options.WaitUntilStarted = true;
            // A message whose retries have not ended is requeued when the service stops.
            options.ConsumerStopTimeout = TimeSpan.FromSeconds(5);
        });
    }

    private static void RetryOutages(IRetryConfigurator retry)
    {
        retry.Handle<Exception>(Outages.IsOutage);
        retry.Exponential(OutageRetries, MinOutageRetry, MaxOutageRetry, MinOutageRetry);
    }

    private static void RetryOtherFailures(IRetryConfigurator retry)
    {
        retry.Ignore<Exception>(Outages.IsOutage);
        retry.Intervals(Retries);
    }
}
