using Shop.Orders.Data;
using Shop.Orders.Reading;
using Shop.ServiceDefaults.Caching;
using Shop.ServiceDefaults.Cases;

namespace Shop.Orders.OrderEvents;

/// <summary>
/// A bounded cache of bounded rings: at most <see cref="MaxOrders"/> orders of <see cref="OrderEventRing.Capacity"/> small events, and the orders
/// least in use make room. Postgres holds the truth: what has left the cache is told by the order's row.
/// </summary>
internal sealed class FixedOrderEvents(IConfiguration configuration) : IOrderEvents, ICaseState
{
    /// <summary>Customers look at an order while it is under way: these are the orders of the last minute at 20 a second.</summary>
    public const int MaxOrders = 1_000;

    // FIX: bounded in both directions, so that it may forget: whoever asks for a forgotten order gets its events from the row.
    private readonly BoundedCache<Guid, OrderEventRing> _events = new(new() { Capacity = configuration.CapacityOf(CaseCatalog.OrderEvents, MaxOrders) });

    public long HeldItems => _events.Count;

    public void Reset() => _events.Clear();

    public void Record(Order order)
        => _events.GetOrAdd(order.Id, static _ => new OrderEventRing()).Add(OrderEvent.Of(order).ToView());

    public IReadOnlyList<OrderEventView> Read(OrderView order)
        => _events.TryGet(order.OrderId, out var ring) && ring.Read() is var events && IsWhole(events, order) ? events : FromRow(order);

    // A ring lacks what it has overwritten, what happened before it was made, and what another replica was told of.
    private static bool IsWhole(IReadOnlyList<OrderEventView> events, OrderView order)
        => events is [{ Status: OrderStatus.Pending }, ..] && events[^1].Status == order.Status;

    private static IReadOnlyList<OrderEventView> FromRow(OrderView order)
    {
        var placed = new OrderEventView(OrderStatus.Pending, order.PlacedAt, null);
        return order.CompletedAt is { } completedAt ? [placed, new(order.Status, completedAt, order.DeclineReason)] : [placed];
    }
}
