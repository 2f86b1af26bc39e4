using System.Diagnostics.CodeAnalysis;
using Microsoft.EntityFrameworkCore;
using Shop.Orders.Data;

namespace Shop.Orders.OrderSummary;

/// <summary>
/// Retains nothing after the request. While it runs, it holds all orders of the day with their lines, and the change tracker's snapshot of
/// each: the peak grows with the day.
/// </summary>
internal sealed class LeakyOrderSummary : IOrderSummary
{
    [SuppressMessage("Memory", "SHOP4003", Justification = "The incident: a day of orders was loaded to be added.")]
    public async Task<DaySummary> SummarizeAsync(OrdersDb db, string customerId, DateOnly day, CancellationToken cancellationToken)
    {
        var from = new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero);
        var to = from.AddDays(1);
        // LEAK: whole orders are loaded, with their lines and tracked, only to be counted and added.
        var orders = await db.Orders.Include(order => order.Items)
            .Where(order => order.CustomerId == customerId && order.PlacedAt >= from && order.PlacedAt < to)
            .ToListAsync(cancellationToken);
        var byStatus = orders.GroupBy(order => order.Status)
            .ToDictionary(group => group.Key, group => new StatusTotal(group.Key, group.Count(), group.Sum(order => order.Total)));
        return DaySummary.Of(day, byStatus);
    }
}
