using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Shop.Orders.Data;
using Shop.ServiceDefaults;

namespace Shop.Orders.Reading;

/// <summary>Reads a customer's orders, as untracked projections and in keyset pages.</summary>
internal sealed class OrderReading(OrdersDb db)
{
    private const int ExportPageSize = 100;
    private const string Escape = "\\";

    private static readonly Expression<Func<Order, OrderView>> ToView = order => new OrderView(
        order.Id, order.Status, order.Total, order.PlacedAt, order.CompletedAt, order.DeclineReason,
        order.Items.OrderBy(item => item.Number)
            .Select(item => new OrderLineView(item.Sku, item.Name, item.Quantity, item.UnitPrice)).ToList());

    public Task<OrderView?> FindAsync(string customerId, Guid orderId, CancellationToken cancellationToken)
        => db.Orders.Where(order => order.Id == orderId && order.CustomerId == customerId).Select(ToView)
            .FirstOrDefaultAsync(cancellationToken);

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

    /// <summary>Reads a page of the export, oldest first; returns an empty list after the last page.</summary>
    public Task<List<OrderView>> ExportPageAsync(string customerId, Guid after, CancellationToken cancellationToken)
        => db.Orders.Where(order => order.CustomerId == customerId && order.Id > after).OrderBy(order => order.Id).Take(ExportPageSize)
            .Select(ToView).ToListAsync(cancellationToken);

    /// <summary>
    /// Summarizes a day. The query compares the column with a half-open range: a function of the column could not use the index.
    /// </summary>
    public async Task<DaySummary> SummarizeAsync(string customerId, DateOnly day, CancellationToken cancellationToken)
    {
        var from = new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero);
        var to = from.AddDays(1);
        var byStatus = await db.Orders
            .Where(order => order.CustomerId == customerId && order.PlacedAt >= from && order.PlacedAt < to)
            .GroupBy(order => order.Status)
            .Select(group => new { Status = group.Key, Orders = group.Count(), Total = group.Sum(order => order.Total) })
            .ToDictionaryAsync(group => group.Status, cancellationToken);
        return new DaySummary(day, byStatus.Values.Sum(group => group.Orders), byStatus.Values.Sum(group => group.Total),
            byStatus.GetValueOrDefault(OrderStatus.Pending)?.Orders ?? 0,
            byStatus.GetValueOrDefault(OrderStatus.Settled)?.Orders ?? 0,
            byStatus.GetValueOrDefault(OrderStatus.Declined)?.Orders ?? 0,
            byStatus.GetValueOrDefault(OrderStatus.Settled)?.Total ?? 0);
    }

    private static string Contains(string search)
    {
        var escaped = search.Replace(Escape, Escape + Escape, StringComparison.Ordinal)
            .Replace("%", Escape + "%", StringComparison.Ordinal).Replace("_", Escape + "_", StringComparison.Ordinal);
        return $"%{escaped}%";
    }
}
