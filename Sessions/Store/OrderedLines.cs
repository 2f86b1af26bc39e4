using MassTransit;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Customers;
using Shop.ServiceDefaults.Messages;

namespace Shop.Sessions.Store;

/// <summary>Takes what was ordered out of the cart it was ordered from.</summary>
internal sealed class OrderedLines(SessionStore sessions) : IConsumer<OrderPlaced>
{
    public Task Consume(ConsumeContext<OrderPlaced> context)
    {
        var order = context.Message;
        return SessionIds.IsWellFormed(order.SessionId)
            ? sessions.TakeLinesAsync(order.SessionId, order.OrderId, order.Lines, context.CancellationToken)
            : Task.CompletedTask;
    }
}

/// <summary>One queue for all instances. While Redis is away its messages wait here instead of ending in the error queue.</summary>
internal sealed class OrderedLinesDefinition : ConsumerDefinition<OrderedLines>
{
    private const int OutageRetries = 24;
    private static readonly TimeSpan OutageRetryInterval = TimeSpan.FromSeconds(5);

    public OrderedLinesDefinition() => EndpointName = "sessions-ordered-lines";

    protected override void ConfigureConsumer(IReceiveEndpointConfigurator endpointConfigurator, IConsumerConfigurator<OrderedLines> consumerConfigurator, IRegistrationContext context)
        => endpointConfigurator.UseMessageRetry(retry => retry.Interval(OutageRetries, OutageRetryInterval).Handle<UnavailableException>());
}

/// <summary>Registers the consumer.</summary>
internal static class OrderedLinesExtensions
{
    public static void AddOrderedLines(this IBusRegistrationConfigurator bus) => bus.AddConsumer<OrderedLines, OrderedLinesDefinition>();
}
