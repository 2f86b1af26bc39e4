using MassTransit;

namespace Shop.Orders.Status;

/// <summary>Registers the consumer.</summary>
internal static class OrderStatusExtensions
{
    public static void AddOrderStatus(this IBusRegistrationConfigurator bus)
        => bus.AddConsumer<OrderStatusConsumer, OrderStatusDefinition>();
}
