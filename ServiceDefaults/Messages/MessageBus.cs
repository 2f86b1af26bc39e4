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
    private static readonly TimeSpan[] Retries = [TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(500), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(5)];

    /// <summary>
    /// Connects to the bus that the connection string <c>bus</c> names. A message that still fails after its retries
    /// goes to the queue's <c>_error</c> queue, and those behind it flow on.
    /// </summary>
    public static void AddMessageBus(this IHostApplicationBuilder builder, Action<IBusRegistrationConfigurator> configure,
        Action<IBusRegistrationContext, IRabbitMqBusFactoryConfigurator>? configureBus = null)
    {
        builder.Services.AddMassTransit(bus =>
        {
            bus.SetKebabCaseEndpointNameFormatter();
            // A lost bus delays the flow but stops no request: the outbox keeps what was accepted.
            bus.ConfigureHealthCheckOptions(options => options.MinimalFailureStatus = HealthStatus.Degraded);
            configure(bus);
            bus.UsingRabbitMq((context, rabbit) =>
            {
                rabbit.Host(new Uri(builder.Configuration.GetConnectionString("bus")
                    ?? throw new InvalidOperationException("The bus needs a connection string: set ConnectionStrings:bus.")));
                rabbit.PrefetchCount = PrefetchCount;
                rabbit.UseMessageRetry(retry => retry.Intervals(Retries));
                configureBus?.Invoke(context, rabbit);
                rabbit.ConfigureEndpoints(context);
            });
        });
        // Without this, publishing right after the start loses messages.
        builder.Services.Configure<MassTransitHostOptions>(options => options.WaitUntilStarted = true);
    }
}
