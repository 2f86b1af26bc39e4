namespace Shop.Lab.Sizing.Policies;

/// <summary>
/// S3-FIFO as published (Yang et al., SOSP 2023): a small probationary queue, a main queue, and ghosts, which are inserted into the main
/// queue.
/// </summary>
internal sealed class S3FifoPolicy(int capacity) : IPolicy
{
    private sealed class Slot(int key)
    {
        public readonly int Key = key;
        public int Uses;
    }

    private readonly int _smallCapacity = Math.Max(1, capacity / 10);
    private readonly Dictionary<int, Slot> _entries = [];
    private readonly Queue<Slot> _small = [];
    private readonly Queue<Slot> _main = [];
    private readonly Dictionary<int, long> _ghosts = [];
    private readonly Queue<(int Key, long Turn)> _ghostOrder = [];
    private long _turn;

    public bool Request(int key)
    {
        if (_entries.TryGetValue(key, out var slot))
        {
            slot.Uses = Math.Min(3, slot.Uses + 1);
            return true;
        }
        while (_entries.Count >= capacity)
            Evict();
        _entries[key] = slot = new(key);
        (_ghosts.Remove(key) ? _main : _small).Enqueue(slot);
        return false;
    }

    private void Evict()
    {
        if (_small.Count >= _smallCapacity || _main.Count == 0)
            EvictSmall(_small.Dequeue());
        else
            EvictMain(_main.Dequeue());
    }

    private void EvictSmall(Slot slot)
    {
        if (slot.Uses > 1)
        {
            slot.Uses = 0;
            _main.Enqueue(slot);
            return;
        }
        _entries.Remove(slot.Key);
        _ghosts[slot.Key] = ++_turn;
        _ghostOrder.Enqueue((slot.Key, _turn));
        while (_ghostOrder.Count > capacity - _smallCapacity)
        {
            var (key, turn) = _ghostOrder.Dequeue();
            if (_ghosts.GetValueOrDefault(key) == turn)
                _ghosts.Remove(key);
        }
    }

    private void EvictMain(Slot slot)
    {
        if (slot.Uses-- > 0)
            _main.Enqueue(slot);
        else
            _entries.Remove(slot.Key);
    }
}
