namespace Shop.Tests.Documents;

/// <summary>An LRU with the interface of hashicorp's for Go: its size is a number of entries.</summary>
internal sealed class EntryLru(int size)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Guid, LinkedListNode<(Guid Key, byte[] Value)>> _entries = [];
    private readonly LinkedList<(Guid Key, byte[] Value)> _newestFirst = [];

    public int Count => _entries.Count;

    public byte[]? Get(Guid key)
    {
        lock (_lock)
        {
            if (!_entries.TryGetValue(key, out var entry))
                return null;
            _newestFirst.Remove(entry);
            _newestFirst.AddFirst(entry);
            return entry.Value.Value;
        }
    }

    public void Add(Guid key, byte[] value)
    {
        lock (_lock)
        {
            if (_entries.Remove(key, out var old))
                _newestFirst.Remove(old);
            _entries[key] = _newestFirst.AddFirst((key, value));
            if (_entries.Count <= size)
                return;
            _entries.Remove(_newestFirst.Last!.Value.Key);
            _newestFirst.RemoveLast();
        }
    }

    public void Clear()
    {
        lock (_lock)
        {
            _entries.Clear();
            _newestFirst.Clear();
        }
    }
}
