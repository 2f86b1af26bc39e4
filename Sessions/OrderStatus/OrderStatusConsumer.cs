using System.Text.Json;
using MassTransit;
using Shop.ServiceDefaults.Messages;
using Shop.Sessions.Subscriptions;

namespace Shop.Sessions.OrderStatus;

/// <summary>
/// Sends the final status of an order to the customer's sockets of this instance. Missed statuses are not stored: clients read GET /orders.
/// </summary>
internal sealed class OrderStatusConsumer(OrderStatusBus bus) : IConsumer<PaymentSettled>, IConsumer<PaymentDeclined>
{
    public Task Consume(ConsumeContext<PaymentSettled> context)
        => Send(context.Message.CustomerId, new OrderStatusView(context.Message.OrderId, "Settled", context.Message.SettledAt));

    public Task Consume(ConsumeContext<PaymentDeclined> context)
        => Send(context.Message.CustomerId, new OrderStatusView(context.Message.OrderId, "Declined", context.Message.DeclinedAt));

    private Task Send(string customerId, OrderStatusView status)
    {
        // Serialized once for all sockets of the customer.
        bus.Publish(customerId, JsonSerializer.SerializeToUtf8Bytes(status, JsonSerializerOptions.Web));
        return Task.CompletedTask;
    }
}
