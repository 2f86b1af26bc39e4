using System.Buffers;
using Shop.ServiceDefaults.Caching;

namespace Shop.Tests.Lab.Diagnosis;

/// <summary>What grows without being a leak, or only seems to grow.</summary>
internal static class HealthyShapes
{
    /// <summary>Bytes of each of a thousand arrays that stay.</summary>
    public const int BallastBytes = 10_240;
    private const int MaxRecent = 50;
    private const int SmallestOfPool = 16;
    private const int LentOut = 200_000;
    private static readonly BoundedCache<int, byte[]> _cache = new(new() { Capacity = 1_000_000 });
    private static readonly Queue<byte[]> _recent = new();
    private static readonly ArrayPool<byte> _pool = CreateLentOut();
    private static readonly byte[][] _ballast = [.. Enumerable.Range(0, 1_000).Select(_ => new byte[BallastBytes])];
    private static readonly byte[]?[] _ring = new byte[]?[1_000_001];
    private static readonly Late[] _late = [.. Enumerable.Range(0, 100_000).Select(_ => new Late())];
    private static int _count;

    /// <summary>The bounds of what fills up.</summary>
    public static IReadOnlyList<string> Bounds { get; }
        = ["Capacity, 1,000,000", "its array, 1,000,001", "one for each HealthyShapes.Late, 100,000"];

    /// <summary>Adds to each.</summary>
    public static void Add()
    {
        GC.KeepAlive(_ballast);
        // Fills up.
        _cache.Set(_count++, new byte[100]);
        _ring[_count % _ring.Length] = new byte[100];
        _late[_count % _late.Length].Data = new byte[100];
        // Is full.
        _recent.Enqueue(new byte[100]);
        if (_recent.Count > MaxRecent)
            _recent.Dequeue();
        // Garbage that its finalizer keeps for one more collection.
        _ = new Finalized();
        // Returned to the pool.
        ArrayPool<byte>.Shared.Return(ArrayPool<byte>.Shared.Rent(10_000));
        // Returned to a pool of the framework that has lent out many: it grows, and is known to.
        _pool.Return(new byte[SmallestOfPool]);
    }

    private static ArrayPool<byte> CreateLentOut()
    {
        var pool = ArrayPool<byte>.Create(SmallestOfPool, LentOut);
        for (var array = 0; array < LentOut; array++)
            pool.Rent(SmallestOfPool);
        return pool;
    }

    // It is made without its data.
    private sealed class Late
    {
        public byte[]? Data { get; set; }
    }

    private sealed class Finalized
    {
        private readonly byte[] _data = new byte[100];

        ~Finalized() => GC.KeepAlive(_data);
    }
}
