using System.Diagnostics.CodeAnalysis;

namespace Shop.Sessions.SessionStore;

/// <summary>
/// The LRU cache of the published fix (hashicorp/golang-lru), reduced to the members that the fix uses. A full cache evicts the least
/// recently used session.
/// </summary>
internal sealed class SessionLru(int capacity)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Guid, LinkedListNode<(Guid Id, Session Session)>> _nodes = [];
    private readonly LinkedList<(Guid Id, Session Session)> _order = [];

    public int Count
    {
        get
        {
            lock (_lock)
                return _nodes.Count;
        }
    }

    /// <summary>Returns a snapshot of the ids.</summary>
    public Guid[] Keys()
    {
        lock (_lock)
            return [.. _nodes.Keys];
    }

    public void Add(Guid id, Session session)
    {
        lock (_lock)
        {
            if (_nodes.Count >= capacity)
            {
                _nodes.Remove(_order.Last!.Value.Id);
                _order.RemoveLast();
            }
            _nodes.Add(id, _order.AddFirst((id, session)));
        }
    }

    /// <summary>Finds a session and makes it the most recently used one.</summary>
    public bool TryGet(Guid id, [NotNullWhen(true)] out Session? session)
    {
        lock (_lock)
        {
            if (_nodes.TryGetValue(id, out var node))
            {
                _order.Remove(node);
                _order.AddFirst(node);
            }
            session = node?.Value.Session;
            return session is not null;
        }
    }

    /// <summary>Finds a session without changing the order.</summary>
    public bool TryPeek(Guid id, [NotNullWhen(true)] out Session? session)
    {
        lock (_lock)
        {
            session = _nodes.TryGetValue(id, out var node) ? node.Value.Session : null;
            return session is not null;
        }
    }

    public bool Remove(Guid id)
    {
        lock (_lock)
        {
            if (!_nodes.Remove(id, out var node))
                return false;
            _order.Remove(node);
            return true;
        }
    }

    public void Clear()
    {
        lock (_lock)
        {
            _nodes.Clear();
            _order.Clear();
        }
    }
}
