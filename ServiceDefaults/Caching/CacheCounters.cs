using System.Numerics;

namespace Shop.ServiceDefaults.Caching;

/// <summary>
/// Hits and misses, exact. A thread that owns a cell counts in it without a locked instruction, which would cost as much as the rest of a hit;
/// threads that find their cell taken share the first one. The runtime gives an ended thread's id to a later one, which then owns its cell.
/// </summary>
internal sealed class CacheCounters
{
    // In longs: 128 bytes, since processors fetch cache lines of 64 bytes in pairs. The first stretch keeps the array's length apart.
    private const int Stretch = 16;
    private const int Missed = 1;
    private const int Owner = 2;
    private static readonly int Cells = (int)BitOperations.RoundUpToPowerOf2((uint)Environment.ProcessorCount * 4);
    private readonly long[] _cells = new long[(Cells + 2) * Stretch];

    public long Hits => Sum(0);

    public long Misses => Sum(Missed);

    public void Hit() => Count(0);

    public void Miss() => Count(Missed);

    private void Count(int counter)
    {
        var thread = Environment.CurrentManagedThreadId;
        var cell = ((thread & (Cells - 1)) + 2) * Stretch;
        var owner = Volatile.Read(ref _cells[cell + Owner]);
        if (owner == thread || owner == 0 && Interlocked.CompareExchange(ref _cells[cell + Owner], thread, 0) == 0)
            _cells[cell + counter]++;
        else
            Interlocked.Increment(ref _cells[Stretch + counter]);
    }

    private long Sum(int counter)
    {
        var sum = 0L;
        for (var cell = Stretch; cell < _cells.Length; cell += Stretch)
            sum += Volatile.Read(ref _cells[cell + counter]);
        return sum;
    }
}
