namespace Shop.ServiceDefaults.Caching;

/// <summary>Hits and misses, exact. Threads count in cells of their own, far enough apart that no core waits for another's.</summary>
internal sealed class CacheCounters
{
    // In longs; 128 bytes, since processors fetch cache lines of 64 bytes in pairs.
    private const int Distance = 16;
    private static readonly int Cells = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Environment.ProcessorCount * 2);

    // A cell holds hits and, beside it, misses; the first distance keeps the array's length, which all read, apart.
    private readonly long[] _counts = new long[(Cells + 1) * Distance];

    public long Hits => Sum(0);

    public long Misses => Sum(1);

    public void Hit() => Interlocked.Increment(ref _counts[Cell()]);

    public void Miss() => Interlocked.Increment(ref _counts[Cell() + 1]);

    private static int Cell() => ((Environment.CurrentManagedThreadId & (Cells - 1)) + 1) * Distance;

    private long Sum(int offset)
    {
        var sum = 0L;
        for (var cell = Distance; cell < _counts.Length; cell += Distance)
            sum += Volatile.Read(ref _counts[cell + offset]);
        return sum;
    }
}
