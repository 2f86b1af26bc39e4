using Shop.Orders.Data;
using Shop.ServiceDefaults.Messages;

namespace Shop.Orders.OrderDispatch;

/// <summary>Stores an accepted order, and publishes its message, which starts the payment.</summary>
internal interface IOrderDispatch
{
    /// <summary>Commits the changes of the context, the order among them; the message follows when it can.</summary>
    Task SaveAsync(OrdersDb db, OrderPlaced placed, CancellationToken cancellationToken);
}
