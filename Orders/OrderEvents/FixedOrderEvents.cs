using Shop.Orders.Data;
using Shop.Orders.Reading;
using Shop.ServiceDefaults.Caching;
using Shop.ServiceDefaults.Cases;

namespace Shop.Orders.OrderEvents;

/// <summary>
/// A bounded cache of bounded ring buffers: at most <see cref="MaxOrders"/> orders with <see cref="OrderEventRing.Capacity"/> small events
/// each; a full cache evicts the least used orders. Postgres is the source of truth: evicted events are read from the order's row.
/// </summary>
internal sealed class FixedOrderEvents(IConfiguration configuration) : IOrderEvents, ICaseState
{
    /// <summary>Customers read an order until it is completed: this is the number of orders in a minute at 20 a second.</summary>
    public const int MaxOrders = 1_000;

    // FIX: both the orders and the events of an order are bounded; eviction loses nothing, because evicted events are read from the row.
    private readonly BoundedCache<Guid, OrderEventRing> _events =
        new(new() { Capacity = configuration.CapacityOf(OrderEventsCase.Study, MaxOrders) });

    public long HeldItems => _events.Count;

    public void Reset() => _events.Clear();

    public void Record(Order order)
        => _events.GetOrAdd(order.Id, static _ => new OrderEventRing()).Add(OrderEvent.Of(order).ToView());

    public IReadOnlyList<OrderEventView> Read(OrderView order)
        => _events.TryGet(order.OrderId, out var ring) && ring.Read() is var events && IsComplete(events, order) ? events : FromRow(order);

    // A ring lacks events that it has overwritten, that precede its creation, or that another replica has received.
    private static bool IsComplete(IReadOnlyList<OrderEventView> events, OrderView order)
        => events is [{ Status: OrderStatus.Pending }, ..] && events[^1].Status == order.Status;

    private static IReadOnlyList<OrderEventView> FromRow(OrderView order)
    {
        var placed = new OrderEventView(OrderStatus.Pending, order.PlacedAt, null);
        return order.CompletedAt is { } completedAt ? [placed, new(order.Status, completedAt, order.DeclineReason)] : [placed];
    }
}
