using Shop.Orders.Reading;

namespace Shop.Orders.OrderEvents;

/// <summary>A ring buffer of the latest events of one order. Safe for concurrent use.</summary>
internal sealed class OrderEventRing
{
    /// <summary>The maximum number of events. An order has two today.</summary>
    public const int Capacity = 8;

    private readonly OrderEventView[] _events = new OrderEventView[Capacity];
    private long _added;

    /// <summary>Adds an event; a full ring overwrites the oldest.</summary>
    public void Add(OrderEventView e)
    {
        lock (_events)
            _events[_added++ % Capacity] = e;
    }

    /// <summary>Returns the retained events, oldest first.</summary>
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
