using MassTransit;
using Microsoft.EntityFrameworkCore;
using Shop.Orders.Data;
using Shop.Orders.OrderEvents;
using Shop.ServiceDefaults.Cases;
using Shop.ServiceDefaults.Messages;

namespace Shop.Orders.Status;

/// <summary>Takes over how the payment ended. The first message decides; a repeat or a contradiction changes nothing.</summary>
internal sealed partial class OrderStatusConsumer(OrdersDb db, Inbox<OrdersDb> inbox, CaseSwitch<IOrderEvents> events, ILogger<OrderStatusConsumer> logger)
    : IConsumer<PaymentSettled>, IConsumer<PaymentDeclined>
{
    private const string Name = "order-status";

    public Task Consume(ConsumeContext<PaymentSettled> context)
        => HandleAsync(context, token => CompleteAsync(context.Message.OrderId, OrderStatus.Settled, context.Message.SettledAt, null, token));

    public Task Consume(ConsumeContext<PaymentDeclined> context)
        => HandleAsync(context, token => CompleteAsync(context.Message.OrderId, OrderStatus.Declined, context.Message.DeclinedAt, context.Message.Reason, token));

    private async Task HandleAsync(ConsumeContext context, Func<CancellationToken, Task<Order?>> complete)
    {
        Order? completed = null;
        if (await inbox.HandleOnceAsync(context, Name, async token => completed = await complete(token)) && completed is not null)
            events.Current.Record(completed);
    }

    /// <summary>The order that was changed; null where nothing was.</summary>
    private async Task<Order?> CompleteAsync(Guid orderId, OrderStatus status, DateTimeOffset at, string? reason, CancellationToken cancellationToken)
    {
        var order = await db.Orders.Include(row => row.Items).SingleOrDefaultAsync(row => row.Id == orderId, cancellationToken)
            ?? throw new InvalidOperationException($"A payment ended for order {orderId}, which is not stored here.");
        if (order.Status != OrderStatus.Pending)
        {
            if (order.Status != status)
                LogContradiction(logger, orderId, order.Status, status);
            return null;
        }
        order.Status = status;
        order.CompletedAt = at;
        order.DeclineReason = reason;
        return order;
    }

    [LoggerMessage(LogLevel.Error, "Order {OrderId} is {Status} already; a message that says {Contradiction} changed nothing")]
    private static partial void LogContradiction(ILogger logger, Guid orderId, OrderStatus status, OrderStatus contradiction);
}

/// <summary>One queue for all instances.</summary>
internal sealed class OrderStatusDefinition : ConsumerDefinition<OrderStatusConsumer>
{
    public OrderStatusDefinition() => EndpointName = MessageQueues.OrdersStatus;
}

/// <summary>Registers the consumer.</summary>
internal static class OrderStatusExtensions
{
    public static void AddOrderStatus(this IBusRegistrationConfigurator bus) => bus.AddConsumer<OrderStatusConsumer, OrderStatusDefinition>();
}
