using Shop.Orders.Data;

namespace Shop.Orders.OrderSummary;

/// <summary>The orders of a day that have the same status.</summary>
/// <param name="Status">The status.</param>
/// <param name="Orders">Their number.</param>
/// <param name="Total">Their total price.</param>
internal sealed record StatusTotal(OrderStatus Status, int Orders, decimal Total);
