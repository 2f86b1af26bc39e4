namespace Shop.Sessions.Subscriptions;

/// <summary>
/// Delivers the statuses of orders to the subscribed handlers of their customers. A singleton. It calls them under its lock, so that a
/// handler that has unsubscribed is not called any more.
/// </summary>
internal sealed class OrderStatusBus
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, HashSet<IStatusHandler>> _handlers = [];

    /// <summary>Delivers the statuses of the handler's customer to it from now on.</summary>
    public void Subscribe(IStatusHandler handler)
    {
        lock (_lock)
        {
            if (!_handlers.TryGetValue(handler.CustomerId, out var handlers))
                _handlers[handler.CustomerId] = handlers = [];
            handlers.Add(handler);
        }
    }

    /// <summary>Delivers no more statuses to the handler.</summary>
    public void Unsubscribe(IStatusHandler handler)
    {
        lock (_lock)
        {
            if (_handlers.TryGetValue(handler.CustomerId, out var handlers) && handlers.Remove(handler) && handlers.Count == 0)
                _handlers.Remove(handler.CustomerId);
        }
    }

    /// <summary>Delivers a status to all handlers of a customer.</summary>
    public void Publish(string customerId, ReadOnlyMemory<byte> status)
    {
        lock (_lock)
        {
            if (!_handlers.TryGetValue(customerId, out var handlers))
                return;
            foreach (var handler in handlers)
                handler.OnStatus(status);
        }
    }

    /// <summary>The subscribed handlers of a type.</summary>
    public IReadOnlyList<T> HandlersOf<T>() where T : IStatusHandler
    {
        lock (_lock)
            return [.. _handlers.Values.SelectMany(handlers => handlers).OfType<T>()];
    }

    /// <summary>The number of subscribed handlers of a type.</summary>
    public int Count<T>() where T : IStatusHandler
    {
        lock (_lock)
            return _handlers.Values.Sum(handlers => handlers.Count(handler => handler is T));
    }
}
