using Shop.Orders.Data;

namespace Shop.Orders.Reading;

/// <summary>An event of an order, as the customer sees it.</summary>
/// <param name="Status">The status that the order took.</param>
/// <param name="At">When it took it.</param>
/// <param name="Reason">Why the payment was declined.</param>
internal sealed record OrderEventView(OrderStatus Status, DateTimeOffset At, string? Reason);
