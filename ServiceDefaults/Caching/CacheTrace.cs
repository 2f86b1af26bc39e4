namespace Shop.ServiceDefaults.Caching;

/// <summary>
/// The keys that a cache was asked for, in order and as hashes of 32 bits: of a million different keys some hundred pairs are taken for
/// one. Safe for concurrent use. It records up to its number of requests and then no more.
/// </summary>
public sealed class CacheTrace
{
    /// <summary>The largest number of requests that can be recorded; each takes four bytes.</summary>
    public const int MaxRequests = 4 * 1024 * 1024;

    private readonly uint[] _hashes;
    private int _count;

    /// <summary>Creates an empty trace.</summary>
    /// <param name="requests">The number of requests to record, 1 to <see cref="MaxRequests"/>.</param>
    public CacheTrace(int requests)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(requests, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(requests, MaxRequests);
        _hashes = new uint[requests];
    }

    /// <summary>The number of requests that were recorded.</summary>
    public int Count => Math.Min(Volatile.Read(ref _count), _hashes.Length);

    /// <summary>Whether it records no more.</summary>
    public bool IsFull => Count == _hashes.Length;

    /// <summary>Records a request.</summary>
    public void Add(uint hash)
    {
        // Without the first test, the counter of a full trace would overflow in the end.
        if (Volatile.Read(ref _count) < _hashes.Length && Interlocked.Increment(ref _count) is var number && number <= _hashes.Length)
            _hashes[number - 1] = Math.Max(hash, 1);
    }

    /// <summary>The hashes so far, without those that are being written: 0 is no hash.</summary>
    public uint[] Read() => Array.FindAll(_hashes[..Count], hash => hash != 0);
}
