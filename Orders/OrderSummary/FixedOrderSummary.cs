using Microsoft.EntityFrameworkCore;
using Shop.Orders.Data;

namespace Shop.Orders.OrderSummary;

/// <summary>
/// The database counts and adds: bounded by one row for each status, whatever the number of orders. The rows are released with the request.
/// </summary>
internal sealed class FixedOrderSummary : IOrderSummary
{
    public async Task<DaySummary> SummarizeAsync(OrdersDb db, string customerId, DateOnly day, CancellationToken cancellationToken)
    {
        var from = new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero);
        var to = from.AddDays(1);
        // FIX: aggregated by the database, over a half-open range of the column: a function of the column could not use the index.
        var byStatus = await db.Orders
            .Where(order => order.CustomerId == customerId && order.PlacedAt >= from && order.PlacedAt < to)
            .GroupBy(order => order.Status)
            .Select(group => new StatusTotal(group.Key, group.Count(), group.Sum(order => order.Total)))
            .ToDictionaryAsync(total => total.Status, cancellationToken);
        return DaySummary.Of(day, byStatus);
    }
}
