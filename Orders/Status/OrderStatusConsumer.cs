using MassTransit;
using Microsoft.EntityFrameworkCore;
using Shop.Orders.Data;
using Shop.Orders.OrderEvents;
using Shop.ServiceDefaults.Cases;
using Shop.ServiceDefaults.Messages;

namespace Shop.Orders.Status;

/// <summary>Sets the final status of an order when its payment completes. Only the first message changes the order.</summary>
internal sealed partial class OrderStatusConsumer(
    OrdersDb db, Inbox<OrdersDb> inbox, CaseSwitch<IOrderEvents> events, ILogger<OrderStatusConsumer> logger)
    : IConsumer<PaymentSettled>, IConsumer<PaymentDeclined>
{
    private const string Name = "order-status";

    public Task Consume(ConsumeContext<PaymentSettled> context)
        => HandleAsync(context, token
            => CompleteAsync(context.Message.OrderId, OrderStatus.Settled, context.Message.SettledAt, null, token));

    public Task Consume(ConsumeContext<PaymentDeclined> context)
        => HandleAsync(context, token
            => CompleteAsync(context.Message.OrderId, OrderStatus.Declined, context.Message.DeclinedAt, context.Message.Reason, token));

    private async Task HandleAsync(ConsumeContext context, Func<CancellationToken, Task<Order?>> complete)
    {
        Order? completed = null;
        if (await inbox.HandleOnceAsync(context, Name, async token => completed = await complete(token)) && completed is not null)
            events.Current.Record(completed);
    }

    /// <summary>Returns the changed order, or null if it was already completed.</summary>
    private async Task<Order?> CompleteAsync(
        Guid orderId, OrderStatus status, DateTimeOffset at, string? reason, CancellationToken cancellationToken)
    {
        var order = await db.Orders.Include(row => row.Items).SingleOrDefaultAsync(row => row.Id == orderId, cancellationToken)
            ?? throw new InvalidOperationException($"A payment was completed for the unknown order {orderId}.");
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

    [LoggerMessage(LogLevel.Error, "Order {OrderId} is already {Status}; a message with the status {Contradiction} was ignored")]
    private static partial void LogContradiction(ILogger logger, Guid orderId, OrderStatus status, OrderStatus contradiction);
}
