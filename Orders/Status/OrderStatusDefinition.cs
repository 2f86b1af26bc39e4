using MassTransit;
using Shop.Orders.OrderEvents;
using Shop.ServiceDefaults.Cases;
using Shop.ServiceDefaults.Messages;

namespace Shop.Orders.Status;

/// <summary>All instances consume from one queue.</summary>
internal sealed class OrderStatusDefinition : ConsumerDefinition<OrderStatusConsumer>
{
    public OrderStatusDefinition() => EndpointName = MessageQueues.OrdersStatus;

    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpointConfigurator, IConsumerConfigurator<OrderStatusConsumer> consumerConfigurator,
        IRegistrationContext context)
        => endpointConfigurator.Feeds<OrderEventsCase>(context);
}
