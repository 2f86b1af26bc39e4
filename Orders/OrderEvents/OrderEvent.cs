using Shop.Orders.Data;
using Shop.Orders.Reading;

namespace Shop.Orders.OrderEvents;

/// <summary>An event as the incident kept it: with the whole order.</summary>
internal sealed record OrderEvent(Order Order, DateTimeOffset At)
{
    public static OrderEvent Of(Order order) => new(order, Truncate(order.CompletedAt ?? order.PlacedAt));

    public OrderEventView ToView() => new(Order.Status, At, Order.DeclineReason);

    // Postgres keeps microseconds: an event in memory and the row must have the same time.
    private static DateTimeOffset Truncate(DateTimeOffset time) => time.AddTicks(-(time.Ticks % TimeSpan.TicksPerMicrosecond));
}
