using Shop.Orders.Data;
using Shop.Orders.Reading;

namespace Shop.Orders.OrderEvents;

/// <summary>Remembers what happened to the orders: each was accepted, then its status changed.</summary>
internal interface IOrderEvents
{
    /// <summary>Records the status that an order has now; call it when that is stored.</summary>
    void Record(Order order);

    /// <summary>The order's events, oldest first.</summary>
    /// <param name="order">The order as its row has it.</param>
    IReadOnlyList<OrderEventView> Read(OrderView order);
}
