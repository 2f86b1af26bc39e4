using Shop.Orders.Data;

namespace Shop.Orders.OrderSummary;

/// <summary>The summary of a customer's orders of a day.</summary>
/// <param name="Day">The day, in UTC.</param>
/// <param name="Orders">The number of orders.</param>
/// <param name="Total">Their total price.</param>
/// <param name="Pending">The number of orders that are not paid yet.</param>
/// <param name="Settled">The number of paid orders.</param>
/// <param name="Declined">The number of declined orders.</param>
/// <param name="SettledTotal">The total price of the paid orders.</param>
internal sealed record DaySummary(DateOnly Day, int Orders, decimal Total, int Pending, int Settled, int Declined, decimal SettledTotal)
{
    public static DaySummary Of(DateOnly day, IReadOnlyDictionary<OrderStatus, StatusTotal> byStatus)
        => new(day, byStatus.Values.Sum(total => total.Orders), byStatus.Values.Sum(total => total.Total),
            byStatus.GetValueOrDefault(OrderStatus.Pending)?.Orders ?? 0,
            byStatus.GetValueOrDefault(OrderStatus.Settled)?.Orders ?? 0,
            byStatus.GetValueOrDefault(OrderStatus.Declined)?.Orders ?? 0,
            byStatus.GetValueOrDefault(OrderStatus.Settled)?.Total ?? 0);
}
