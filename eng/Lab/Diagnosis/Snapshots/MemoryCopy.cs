using System.Runtime.InteropServices;
using Microsoft.Diagnostics.Runtime;

namespace Shop.Lab.Diagnosis.Snapshots;

/// <summary>A copy of a part of a process's memory: what it held at one moment. The next copy uses the same buffers.</summary>
internal sealed class MemoryCopy
{
    private const int Granularity = 64 * 1024;
    private readonly List<Segment> _segments = [];
    private readonly List<byte[]> _buffers = [];

    /// <summary>The copied segments by address.</summary>
    public IReadOnlyList<Segment> Segments => _segments;

    /// <summary>Bytes of all segments.</summary>
    public long Bytes => _segments.Sum(segment => (long)segment.Length);

    /// <summary>Makes room while the process still runs: new memory costs more than the copying.</summary>
    public void Reserve(IEnumerable<MemoryRange> ranges)
    {
        var missing = new List<byte[]>();
        foreach (var range in ranges)
        {
            var buffer = Rent(checked((int)range.Length));
            Array.Clear(buffer);
            missing.Add(buffer);
        }
        _buffers.AddRange(missing);
    }

    /// <summary>Copies each range, as far as it can be read.</summary>
    public void Copy(IEnumerable<MemoryRange> ranges, IMemoryReader reader)
    {
        foreach (var range in ranges.OrderBy(range => range.Start))
        {
            var end = checked((int)range.Length);
            var (bytes, length) = (Rent(end), 0);
            while (length < end && reader.Read(range.Start + (ulong)length, bytes.AsSpan(length..end)) is var read and > 0)
                length += read;
            _segments.Add(new(range.Start, bytes, length));
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

    /// <summary>The pointer at an address; 0 if the address is not in it.</summary>
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
    /// <param name="Start">Its address.</param>
    /// <param name="Buffer">Holds its bytes first.</param>
    /// <param name="Length">How many bytes it has.</param>
    internal sealed record Segment(ulong Start, byte[] Buffer, int Length)
    {
        /// <summary>The address after its last byte.</summary>
        public ulong End => Start + (ulong)Length;

        /// <summary>Its bytes.</summary>
        public ReadOnlySpan<byte> Bytes => Buffer.AsSpan(0, Length);
    }
}
