namespace Shop.Lab.Sizing.Policies;

/// <summary>
/// W-TinyLFU (Einziger et al., TOS 2017) with Caffeine's proportions: a window of 1 %, whose oldest entry is admitted to the main segment
/// only if it was requested more often than the entry it would evict. Uses are counted exactly and halved every 10 × capacity requests:
/// slightly more accurate than the original's sketch.
/// </summary>
internal sealed class WTinyLfuPolicy(int capacity) : IPolicy
{
    private const int MaxUses = 15;
    private readonly int _windowCapacity = Math.Max(1, capacity / 100);
    private readonly int _protectedCapacity = (capacity - Math.Max(1, capacity / 100)) * 8 / 10;
    private readonly Dictionary<int, (LinkedListNode<int> Node, LinkedList<int> Part)> _entries = [];
    private readonly LinkedList<int> _window = [];
    private readonly LinkedList<int> _probation = [];
    private readonly LinkedList<int> _protected = [];
    private Dictionary<int, int> _uses = [];
    private int _requests;

    public bool Request(int key)
    {
        CountUse(key);
        if (_entries.TryGetValue(key, out var entry))
        {
            entry.Part.Remove(entry.Node);
            Put(key, entry.Part == _window ? _window : _protected);
            if (_protected.Count > _protectedCapacity)
                Put(TakeLast(_protected), _probation);
            return true;
        }
        Put(key, _window);
        if (_window.Count > _windowCapacity)
            Admit(TakeLast(_window));
        return false;
    }

    private void Admit(int candidate)
    {
        if (_entries.Count > capacity)
        {
            var part = _probation.Count > 0 ? _probation : _protected;
            // With room for one entry, that is the window's.
            if (part.Last is not { } victim || _uses.GetValueOrDefault(candidate) <= _uses.GetValueOrDefault(victim.Value))
            {
                _entries.Remove(candidate);
                return;
            }
            _entries.Remove(TakeLast(part));
        }
        Put(candidate, _probation);
    }

    private void Put(int key, LinkedList<int> part) => _entries[key] = (part.AddFirst(key), part);

    private static int TakeLast(LinkedList<int> part)
    {
        var key = part.Last!.Value;
        part.RemoveLast();
        return key;
    }

    private void CountUse(int key)
    {
        _uses[key] = Math.Min(MaxUses, _uses.GetValueOrDefault(key) + 1);
        if (++_requests < 10 * capacity)
            return;
        _requests = 0;
        _uses = _uses.Where(use => use.Value > 1).ToDictionary(use => use.Key, use => use.Value / 2);
    }
}
