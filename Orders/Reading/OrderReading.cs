using Microsoft.EntityFrameworkCore;
using Shop.Orders.Data;
using Shop.ServiceDefaults;

namespace Shop.Orders.Reading;

/// <summary>Reads a customer's orders, as untracked projections and in keyset pages.</summary>
internal sealed class OrderReading(OrdersDb db)
{
    private const string Escape = "\\";

    /// <summary>Reads a page of orders, newest first.</summary>
    public Task<Page<OrderListItem>> ListAsync(
        string customerId, Guid? after, int limit, string? search, CancellationToken cancellationToken)
    {
        var orders = db.Orders.Where(order => order.CustomerId == customerId);
        if (after is { } last)
            orders = orders.Where(order => order.Id < last);
        if (!string.IsNullOrEmpty(search))
        {
            var pattern = Contains(search);
            orders = orders.Where(order => order.Items.Any(item
                => EF.Functions.ILike(item.Name, pattern, Escape) || EF.Functions.ILike(item.Sku, pattern, Escape)));
        }
        return orders.OrderByDescending(order => order.Id)
            .Select(order => new OrderListItem(order.Id, order.Status, order.Total, order.PlacedAt, order.CompletedAt))
            .ToPageAsync(limit, order => order.OrderId, cancellationToken);
    }

    private static string Contains(string search)
    {
        var escaped = search.Replace(Escape, Escape + Escape, StringComparison.Ordinal)
            .Replace("%", Escape + "%", StringComparison.Ordinal).Replace("_", Escape + "_", StringComparison.Ordinal);
        return $"%{escaped}%";
    }
}
