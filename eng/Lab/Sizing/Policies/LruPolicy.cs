namespace Shop.Lab.Sizing.Policies;

/// <summary>Evicts the least recently used entry.</summary>
internal sealed class LruPolicy(int capacity) : IPolicy
{
    private readonly Dictionary<int, LinkedListNode<int>> _entries = [];
    private readonly LinkedList<int> _newestFirst = [];

    public bool Request(int key)
    {
        if (_entries.TryGetValue(key, out var node))
        {
            _newestFirst.Remove(node);
            _newestFirst.AddFirst(node);
            return true;
        }
        if (_entries.Count == capacity)
        {
            _entries.Remove(_newestFirst.Last!.Value);
            _newestFirst.RemoveLast();
        }
        _entries[key] = _newestFirst.AddFirst(key);
        return false;
    }
}
