using System.Numerics;

namespace Shop.ServiceDefaults.Caching;

/// <summary>
/// Exact counts of hits and misses. A thread that owns a cell increments it without an interlocked instruction, which would cost as much as
/// the rest of a hit. Threads whose cell has another owner share one cell. The runtime reuses the id of an ended thread; the new thread
/// then owns that cell.
/// </summary>
internal sealed class CacheCounters
{
    // In longs: 128 bytes, because processors prefetch 64-byte cache lines in pairs. The array begins with an unused cell, which
    // keeps the array's length, read by every access, off the cache lines that are written.
    private const int CellSize = 16;
    private const int HitIndex = 0;
    private const int MissIndex = 1;
    private const int OwnerIndex = 2;
    private static readonly int Cells = (int)BitOperations.RoundUpToPowerOf2((uint)Environment.ProcessorCount * 4);
    private readonly long[] _cells = new long[(Cells + 2) * CellSize];

    public long Hits => Sum(HitIndex);

    public long Misses => Sum(MissIndex);

    public void Hit() => Count(HitIndex);

    public void Miss() => Count(MissIndex);

    private void Count(int counter)
    {
        var thread = Environment.CurrentManagedThreadId;
        var cell = ((thread & (Cells - 1)) + 2) * CellSize;
        var owner = Volatile.Read(ref _cells[cell + OwnerIndex]);
        if (owner == thread || owner == 0 && Interlocked.CompareExchange(ref _cells[cell + OwnerIndex], thread, 0) == 0)
            _cells[cell + counter]++;
        else
            Interlocked.Increment(ref _cells[CellSize + counter]);
    }

    private long Sum(int counter)
    {
        var sum = 0L;
        for (var cell = CellSize; cell < _cells.Length; cell += CellSize)
            sum += Volatile.Read(ref _cells[cell + counter]);
        return sum;
    }
}
