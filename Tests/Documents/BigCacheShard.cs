namespace Shop.Tests.Documents;

/// <summary>
/// A shard of allegro's bigcache for Go: the entries are copied into one array of bytes, which starts with
/// <paramref name="maxEntriesInWindow"/> × <paramref name="maxEntrySize"/> bytes and is doubled up to <paramref name="hardMaxBytes"/>; from
/// then on the oldest entries are dropped.
/// </summary>
internal sealed class BigCacheShard(int maxEntriesInWindow, int maxEntrySize, int hardMaxBytes)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Guid, (int Start, int Length)> _index = [];
    private readonly Queue<Guid> _oldestFirst = [];
    private byte[] _bytes = new byte[Math.Min(maxEntriesInWindow * maxEntrySize, hardMaxBytes)];
    private int _end;

    public byte[]? Get(Guid key)
    {
        lock (_lock)
            return _index.TryGetValue(key, out var at) ? _bytes.AsSpan(at.Start, at.Length).ToArray() : null;
    }

    /// <summary>Stores an entry; one that is larger than the whole shard is an error, which the article ignores.</summary>
    public void Set(Guid key, byte[] value)
    {
        lock (_lock)
        {
            if (value.Length > hardMaxBytes)
                return;
            while (_end + value.Length > hardMaxBytes)
                DropOldest();
            while (_end + value.Length > _bytes.Length)
                Array.Resize(ref _bytes, Math.Min(2 * _bytes.Length, hardMaxBytes));
            value.CopyTo(_bytes, _end);
            _index[key] = (_end, value.Length);
            _oldestFirst.Enqueue(key);
            _end += value.Length;
        }
    }

    public void Clear()
    {
        lock (_lock)
        {
            _index.Clear();
            _oldestFirst.Clear();
            _end = 0;
        }
    }

    // The original is a ring; here the others move to the front.
    private void DropOldest()
    {
        _index.Remove(_oldestFirst.Dequeue(), out var dropped);
        Buffer.BlockCopy(_bytes, dropped.Length, _bytes, 0, _end -= dropped.Length);
        foreach (var key in _oldestFirst)
            _index[key] = _index[key] with { Start = _index[key].Start - dropped.Length };
    }
}
