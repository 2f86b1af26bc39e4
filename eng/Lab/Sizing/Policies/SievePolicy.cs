namespace Shop.Lab.Sizing.Policies;

/// <summary>
/// SIEVE as published (Zhang et al., NSDI 2024): a hand from old to new clears visited bits and evicts the first entry without one.
/// </summary>
internal sealed class SievePolicy(int capacity) : IPolicy
{
    private sealed class Slot(int key)
    {
        public readonly int Key = key;
        public bool IsVisited;
    }

    private readonly Dictionary<int, LinkedListNode<Slot>> _entries = [];
    private readonly LinkedList<Slot> _newestFirst = [];
    private LinkedListNode<Slot>? _hand;

    public bool Request(int key)
    {
        if (_entries.TryGetValue(key, out var node))
            return node.Value.IsVisited = true;
        if (_entries.Count == capacity)
            Evict();
        _entries[key] = _newestFirst.AddFirst(new Slot(key));
        return false;
    }

    private void Evict()
    {
        var hand = _hand ?? _newestFirst.Last!;
        while (hand.Value.IsVisited)
        {
            hand.Value.IsVisited = false;
            hand = hand.Previous ?? _newestFirst.Last!;
        }
        _hand = hand.Previous;
        _newestFirst.Remove(hand);
        _entries.Remove(hand.Value.Key);
    }
}
