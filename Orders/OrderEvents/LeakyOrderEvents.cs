using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Shop.Orders.Data;
using Shop.Orders.Reading;
using Shop.ServiceDefaults.Cases;

namespace Shop.Orders.OrderEvents;

/// <summary>
/// <c>static LeakyOrderEvents._events → List&lt;OrderEvent&gt; → OrderEvent.Order → Order</c>: every order that was ever placed, with its
/// lines.
/// </summary>
internal sealed class LeakyOrderEvents : IOrderEvents, ICaseState
{
    private static readonly ConcurrentDictionary<Guid, List<OrderEvent>> _events = new();

    public long HeldItems => _events.Count;

    public void Reset() => _events.Clear();

    [SuppressMessage("Memory", "SHOP1001", Justification = "The incident: 2.1 million events in 8 hours.")]
    public void Record(Order order)
    {
        // LEAK: an order's list is never removed, not even when the order is completed, and the dictionary is static: it lives as long as
        // the process.
        _events.AddOrUpdate(order.Id, [OrderEvent.Of(order)], (_, events) =>
        {
            events.Add(OrderEvent.Of(order));
            return events;
        });
    }

    public IReadOnlyList<OrderEventView> Read(OrderView order)
        => _events.TryGetValue(order.OrderId, out var events) ? [.. events.Select(e => e.ToView())] : [];
}
