using MassTransit;

namespace Shop.Sessions.OrderStatus;

/// <summary>A temporary queue per instance, so that every message reaches the instance that holds the socket.</summary>
internal sealed class OrderStatusDefinition : ConsumerDefinition<OrderStatusConsumer>
{
    private const int MaxQueuedMessages = 10_000;

    public OrderStatusDefinition()
        => Endpoint(endpoint =>
        {
            endpoint.Name = $"sessions-order-status-{Guid.NewGuid():N}";
            endpoint.Temporary = true;
        });

    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpointConfigurator, IConsumerConfigurator<OrderStatusConsumer> consumerConfigurator,
        IRegistrationContext context)
    {
        // A client that misses a status reads GET /orders; the error queues of stopped instances would only accumulate.
        endpointConfigurator.DiscardFaultedMessages();
        endpointConfigurator.DiscardSkippedMessages();
        if (endpointConfigurator is IRabbitMqReceiveEndpointConfigurator rabbit)
            rabbit.SetQueueArgument("x-max-length", MaxQueuedMessages);
    }
}
