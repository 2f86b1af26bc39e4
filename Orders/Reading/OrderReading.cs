using Shop.Orders.Data;
using Shop.ServiceDefaults;

namespace Shop.Orders.Reading;

/// <summary>Reads a customer's orders, as untracked projections and in keyset pages.</summary>
internal sealed class OrderReading(OrdersDb db)
{
    /// <summary>Reads a page of orders, newest first.</summary>
    public Task<Page<OrderListItem>> ListAsync(string customerId, Guid? after, int limit, CancellationToken cancellationToken)
    {
        var orders = db.Orders.Where(order => order.CustomerId == customerId);
        if (after is { } last)
            orders = orders.Where(order => order.Id < last);
        return orders.OrderByDescending(order => order.Id).Select(OrderListItem.Projection)
            .ToPageAsync(limit, order => order.OrderId, cancellationToken);
    }
}
