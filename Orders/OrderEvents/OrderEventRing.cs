using Shop.Orders.Reading;

namespace Shop.Orders.OrderEvents;

/// <summary>The latest events of one order. Safe for concurrent use.</summary>
internal sealed class OrderEventRing
{
    /// <summary>An order has two events; the rest is for those that a later version of the shop may add.</summary>
    public const int Capacity = 8;

    private readonly OrderEventView[] _events = new OrderEventView[Capacity];
    private long _added;

    /// <summary>Adds an event; the oldest makes room.</summary>
    public void Add(OrderEventView e)
    {
        lock (_events)
            _events[_added++ % Capacity] = e;
    }

    /// <summary>The events that are left, in the order in which they came.</summary>
    public IReadOnlyList<OrderEventView> Read()
    {
        lock (_events)
        {
            var count = (int)Math.Min(_added, Capacity);
            var events = new OrderEventView[count];
            for (var index = 0; index < count; index++)
                events[index] = _events[(_added - count + index) % Capacity];
            return events;
        }
    }
}
