using Shop.Orders.Data;

namespace Shop.Orders.OrderEvents;

/// <summary>An event as the incident kept it: with the whole order.</summary>
internal sealed record OrderEvent(Order Order, DateTimeOffset At)
{
    public static OrderEvent Of(Order order) => new(order, OrderEventView.TimeOf(order.CompletedAt ?? order.PlacedAt));

    public OrderEventView ToView() => new(Order.Status, At, Order.DeclineReason);
}

/// <summary>An event as the customer sees it.</summary>
/// <param name="Status">The status that the order took.</param>
/// <param name="At">When it took it.</param>
/// <param name="Reason">Why the payment was declined.</param>
internal sealed record OrderEventView(OrderStatus Status, DateTimeOffset At, string? Reason)
{
    // Postgres keeps microseconds: an event in memory and the row must tell the same time.
    public static DateTimeOffset TimeOf(DateTimeOffset time) => time.AddTicks(-(time.Ticks % TimeSpan.TicksPerMicrosecond));
}
