using Shop.Orders.Data;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Messages;

namespace Shop.Orders.OrderDispatch;

/// <summary>
/// The transactional outbox: its bound is <see cref="OutboxOptions.MaxUnpublished"/>, past which an order is refused with 503, and a row
/// is deleted when the broker has confirmed its message. Memory holds one batch at most.
/// </summary>
internal sealed class FixedOrderDispatch(Outbox<OrdersDb> outbox) : IOrderDispatch
{
    private const int RetryAfterSeconds = 5;

    public async Task SaveAsync(OrdersDb db, OrderPlaced placed, CancellationToken cancellationToken)
    {
        if (await outbox.IsFullAsync(db, cancellationToken))
            throw new UnavailableException("Too many orders are waiting to be processed.") { RetryAfterSeconds = RetryAfterSeconds };
        // FIX: the message is a row of the order's own transaction: both are committed or none is. After a crash, a stop or a failure the
        // publisher finds it in the table, and repeats it under the same id, which the consumers' inbox handles once.
        outbox.Add(db, placed);
        await outbox.SaveAsync(db, cancellationToken);
    }
}
