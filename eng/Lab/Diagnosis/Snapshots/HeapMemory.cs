using System.Runtime.InteropServices;
using Microsoft.Diagnostics.Runtime;

namespace Shop.Lab.Diagnosis.Snapshots;

/// <summary>A copy of the managed heap: what its segments held at one moment. The next copy uses the same memory.</summary>
internal sealed class HeapMemory
{
    private const int Granularity = 64 * 1024;
    private readonly List<Segment> _segments = [];
    private readonly List<byte[]> _buffers = [];

    /// <summary>The copied segments by address.</summary>
    public IReadOnlyList<Segment> Segments => _segments;

    /// <summary>Bytes of all segments.</summary>
    public long Bytes => _segments.Sum(segment => (long)segment.Length);

    /// <summary>Makes room for a heap while its process still runs: new memory costs more than the copying.</summary>
    public void Reserve(ClrHeap heap)
    {
        var missing = new List<byte[]>();
        foreach (var segment in heap.Segments.Where(segment => segment.Length > 0))
        {
            var buffer = Rent(checked((int)segment.Length));
            Array.Clear(buffer);
            missing.Add(buffer);
        }
        _buffers.AddRange(missing);
    }

    /// <summary>Copies the objects of each segment.</summary>
    public void Copy(ClrHeap heap, IMemoryReader reader)
    {
        foreach (var segment in heap.Segments.Where(segment => segment.Length > 0).OrderBy(segment => segment.Start))
        {
            var bytes = Rent(checked((int)segment.Length));
            var (length, end) = (0, (int)segment.Length);
            while (length < end && reader.Read(segment.Start + (ulong)length, bytes.AsSpan(length..end)) is var read and > 0)
                length += read;
            _segments.Add(new(segment.Start, bytes, length));
        }
    }

    /// <summary>Forgets the copy, but not its memory.</summary>
    public void Clear()
    {
        _buffers.AddRange(_segments.Select(segment => segment.Buffer));
        _segments.Clear();
    }

    /// <summary>Reads from the copy; false if a part of the bytes is not in it.</summary>
    public bool TryRead(ulong address, Span<byte> buffer)
    {
        if (Find(address) is not { } segment || segment.End - address < (ulong)buffer.Length)
            return false;
        segment.Bytes.Slice((int)(address - segment.Start), buffer.Length).CopyTo(buffer);
        return true;
    }

    /// <summary>The copy from an address to the end of its segment; nothing if the address is not in it.</summary>
    public ReadOnlySpan<byte> BytesFrom(ulong address)
        => Find(address) is { } segment ? segment.Bytes[(int)(address - segment.Start)..] : [];

    /// <summary>The pointer at an address of the heap; 0 if the address is not in it.</summary>
    public ulong ReadPointer(ulong address)
    {
        Span<byte> pointer = stackalloc byte[sizeof(ulong)];
        return TryRead(address, pointer) ? MemoryMarshal.Read<ulong>(pointer) : 0;
    }

    private Segment? Find(ulong address)
    {
        var (low, high) = (0, _segments.Count - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            if (address < _segments[middle].Start)
                high = middle - 1;
            else if (address >= _segments[middle].End)
                low = middle + 1;
            else
                return _segments[middle];
        }
        return null;
    }

    private byte[] Rent(int length)
    {
        var fitting = _buffers.Where(buffer => buffer.Length >= length).MinBy(buffer => buffer.Length);
        if (fitting is null)
            return GC.AllocateUninitializedArray<byte>((length + Granularity - 1) / Granularity * Granularity);
        _buffers.Remove(fitting);
        return fitting;
    }

    /// <summary>A copied segment.</summary>
    /// <param name="Start">The address of its first object.</param>
    /// <param name="Buffer">Holds its objects first.</param>
    /// <param name="Length">Bytes of its objects.</param>
    internal sealed record Segment(ulong Start, byte[] Buffer, int Length)
    {
        /// <summary>The address after its last object.</summary>
        public ulong End => Start + (ulong)Length;

        /// <summary>Its objects.</summary>
        public ReadOnlySpan<byte> Bytes => Buffer.AsSpan(0, Length);
    }
}
