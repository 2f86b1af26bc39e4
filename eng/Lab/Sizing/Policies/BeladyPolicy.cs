namespace Shop.Lab.Sizing.Policies;

/// <summary>
/// Evicts the entry whose next request is the furthest away (Belády, 1966): no policy has more hits. It knows the whole trace, and must be
/// requested in its order.
/// </summary>
internal sealed class BeladyPolicy : IPolicy
{
    private readonly int _capacity;
    private readonly int[] _next;
    private readonly Dictionary<int, int> _nextOfEntry = [];
    // The furthest first. An entry that was requested again leaves its former place behind.
    private readonly PriorityQueue<int, int> _furthest = new(Comparer<int>.Create((one, other) => other.CompareTo(one)));
    private int _index;

    public BeladyPolicy(ReadOnlySpan<int> trace, int capacity)
    {
        _capacity = capacity;
        _next = new int[trace.Length];
        var next = new Dictionary<int, int>();
        for (var index = trace.Length - 1; index >= 0; index--)
        {
            _next[index] = next.GetValueOrDefault(trace[index], int.MaxValue);
            next[trace[index]] = index;
        }
    }

    public bool Request(int key)
    {
        var next = _next[_index++];
        var isHit = _nextOfEntry.ContainsKey(key);
        if (!isHit && _nextOfEntry.Count == _capacity)
            Evict();
        _nextOfEntry[key] = next;
        _furthest.Enqueue(key, next);
        return isHit;
    }

    private void Evict()
    {
        while (_furthest.TryDequeue(out var key, out var next))
        {
            if (_nextOfEntry.TryGetValue(key, out var current) && current == next && _nextOfEntry.Remove(key))
                return;
        }
    }
}
