using MassTransit;

namespace Shop.Orders.Status;

/// <summary>Registers the consumer, and the gauge of the orders whose status is overdue.</summary>
internal static class OrderStatusExtensions
{
    public static void AddOrderStatus(this IBusRegistrationConfigurator bus)
    {
        bus.AddConsumer<OrderStatusConsumer, OrderStatusDefinition>();
        bus.AddHostedService<OverdueOrders>();
    }
}
