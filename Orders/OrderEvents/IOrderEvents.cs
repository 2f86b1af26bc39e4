using Shop.Orders.Data;
using Shop.Orders.Reading;

namespace Shop.Orders.OrderEvents;

/// <summary>Records the events of the orders: an order is placed, then its status changes.</summary>
internal interface IOrderEvents
{
    /// <summary>Records the current status of an order. Call it after the status has been stored.</summary>
    void Record(Order order);

    /// <summary>Returns the order's events, oldest first.</summary>
    /// <param name="order">The order as it is stored.</param>
    IReadOnlyList<OrderEventView> Read(OrderView order);
}
