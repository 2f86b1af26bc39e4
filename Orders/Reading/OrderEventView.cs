using Shop.Orders.Data;

namespace Shop.Orders.Reading;

/// <summary>An event of an order, as returned to the customer.</summary>
/// <param name="Status">The order's new status.</param>
/// <param name="At">The time of the change.</param>
/// <param name="Reason">Why the payment was declined.</param>
internal sealed record OrderEventView(OrderStatus Status, DateTimeOffset At, string? Reason);
