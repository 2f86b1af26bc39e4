using MassTransit;
using Shop.ServiceDefaults.Messages;

namespace Shop.Orders.Status;

/// <summary>All instances consume from one queue.</summary>
internal sealed class OrderStatusDefinition : ConsumerDefinition<OrderStatusConsumer>
{
    public OrderStatusDefinition() => EndpointName = MessageQueues.OrdersStatus;
}
