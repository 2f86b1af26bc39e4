using Shop.Orders.Data;
using Shop.Orders.Reading;

namespace Shop.Orders.OrderEvents;

/// <summary>An event as in the incident: it references the whole order.</summary>
internal sealed record OrderEvent(Order Order, DateTimeOffset At)
{
    public static OrderEvent Of(Order order) => new(order, Truncate(order.CompletedAt ?? order.PlacedAt));

    public OrderEventView ToView() => new(Order.Status, At, Order.DeclineReason);

    // Postgres stores microseconds, and an event in memory must have the same time as the row.
    private static DateTimeOffset Truncate(DateTimeOffset time) => time.AddTicks(-(time.Ticks % TimeSpan.TicksPerMicrosecond));
}
