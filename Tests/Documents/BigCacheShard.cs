namespace Shop.Tests.Documents;

/// <summary>
/// A shard of allegro's bigcache for Go: a queue of bytes that entries are copied into. It starts with
/// <paramref name="maxEntriesInWindow"/> × <paramref name="maxEntrySize"/> bytes and is doubled up to <paramref name="hardMaxBytes"/>; from
/// then on the oldest entries are dropped.
/// </summary>
internal sealed class BigCacheShard(int maxEntriesInWindow, int maxEntrySize, int hardMaxBytes)
{
    private readonly Lock _lock = new();
    // Positions are counted from the first byte that was ever stored.
    private readonly Dictionary<Guid, (long Start, int Length)> _index = [];
    private readonly Queue<(Guid Key, long Start, int Length)> _oldestFirst = [];
    private byte[] _bytes = new byte[Math.Min(maxEntriesInWindow * maxEntrySize, hardMaxBytes)];
    private int _used;
    private long _dropped;

    public byte[]? Get(Guid key)
    {
        lock (_lock)
            return _index.TryGetValue(key, out var at) ? _bytes.AsSpan((int)(at.Start - _dropped), at.Length).ToArray() : null;
    }

    /// <summary>Stores an entry; one that is larger than the whole shard is an error, which the article ignores.</summary>
    public void Set(Guid key, byte[] value)
    {
        lock (_lock)
        {
            if (value.Length > hardMaxBytes)
                return;
            while (_used + value.Length > hardMaxBytes)
                DropOldest();
            while (_used + value.Length > _bytes.Length)
                Array.Resize(ref _bytes, Math.Min(2 * _bytes.Length, hardMaxBytes));
            value.CopyTo(_bytes, _used);
            _index[key] = (_dropped + _used, value.Length);
            _oldestFirst.Enqueue((key, _dropped + _used, value.Length));
            _used += value.Length;
        }
    }

    public void Clear()
    {
        lock (_lock)
        {
            _index.Clear();
            while (_oldestFirst.Count > 0)
                DropOldest();
        }
    }

    // The original is a ring; here the other bytes move to the front.
    private void DropOldest()
    {
        var (key, start, length) = _oldestFirst.Dequeue();
        if (_index.TryGetValue(key, out var at) && at.Start == start)
            _index.Remove(key);
        Buffer.BlockCopy(_bytes, length, _bytes, 0, _used -= length);
        _dropped += length;
    }
}
