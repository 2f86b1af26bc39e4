using System.Linq.Expressions;
using Shop.Orders.Data;

namespace Shop.Orders.Reading;

/// <summary>An order in a list.</summary>
internal sealed record OrderListItem(Guid OrderId, OrderStatus Status, decimal Total, DateTimeOffset PlacedAt, DateTimeOffset? CompletedAt)
{
    /// <summary>Reads list items instead of orders in a query.</summary>
    public static readonly Expression<Func<Order, OrderListItem>> Projection
        = order => new OrderListItem(order.Id, order.Status, order.Total, order.PlacedAt, order.CompletedAt);
}
