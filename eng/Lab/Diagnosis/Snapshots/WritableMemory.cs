using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Diagnostics.Runtime;
using Microsoft.Win32.SafeHandles;

namespace Shop.Lab.Diagnosis.Snapshots;

/// <summary>Finds the memory of a process that it can change, by /proc/PID/maps and /proc/PID/pagemap.</summary>
internal static class WritableMemory
{
    private const int Page = 4_096;
    private const ulong InUse = 3UL << 62;
    // Unused pages between two used ones that are read with them.
    private const int MaxGap = 64;
    // The runtime's own takes some tens of megabytes; what is larger is the program's, or only reserved.
    private const long MaxBytes = 256 << 20;
    private const ulong MaxMapping = 4UL << 30;
    // The runtime writes code, and what belongs to it, by a second mapping of the same memory.
    private const string DoublyMapped = "/memfd:doublemapper";

    /// <summary>The ranges in use, the smallest first, a few hundred megabytes at most.</summary>
    /// <param name="processId">The process.</param>
    /// <param name="except">Ranges that are left out: the managed heap.</param>
    public static IReadOnlyList<MemoryRange> RangesOf(int processId, IEnumerable<MemoryRange> except)
    {
        using var pages = File.OpenHandle($"/proc/{processId}/pagemap");
        var left = except.OrderBy(range => range.Start).ToList();
        var ranges = File.ReadLines($"/proc/{processId}/maps").SelectMany(line => Used(pages, line, left)).OrderBy(range => range.Length);
        var bytes = 0L;
        return [.. ranges.TakeWhile(range => (bytes += (long)range.Length) <= MaxBytes)];
    }

    private static IEnumerable<MemoryRange> Used(SafeFileHandle pages, string line, List<MemoryRange> except)
    {
        // Start-end, permissions, offset, device, inode, and the file if there is one.
        var columns = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var isDoublyMapped = columns.Length > 5 && columns[5] == DoublyMapped;
        if (columns[1][0] != 'r' || !(isDoublyMapped || columns[1].StartsWith("rw-p", StringComparison.Ordinal)))
            return [];
        var addresses = columns[0].Split('-');
        var mapping = new MemoryRange(ulong.Parse(addresses[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture),
            ulong.Parse(addresses[1], NumberStyles.HexNumber, CultureInfo.InvariantCulture));
        // Of a file, and of memory that another mapping has written to, a page not used yet has contents too.
        var isWhole = columns[4] != "0";
        return mapping.Length > MaxMapping ? [] : Without(mapping, except).SelectMany(range => isWhole ? [range] : Used(pages, range));
    }

    private static IEnumerable<MemoryRange> Without(MemoryRange mapping, List<MemoryRange> except)
    {
        var start = mapping.Start;
        foreach (var range in except.Where(range => range.Start < mapping.End && range.End > mapping.Start))
        {
            if (range.Start > start)
                yield return new(start, range.Start);
            start = range.End;
        }
        if (start < mapping.End)
            yield return new(start, mapping.End);
    }

    private static IEnumerable<MemoryRange> Used(SafeFileHandle pages, MemoryRange range)
    {
        var entries = new byte[(int)(range.Length / Page) * sizeof(ulong)];
        var count = RandomAccess.Read(pages, entries, (long)(range.Start / Page) * sizeof(ulong)) / sizeof(ulong);
        for (int page = 0, first = -1, last = -1; page <= count; page++)
        {
            if (page < count && (MemoryMarshal.Read<ulong>(entries.AsSpan(page * sizeof(ulong))) & InUse) != 0)
            {
                first = first < 0 ? page : first;
                last = page;
            }
            else if (first >= 0 && (page == count || page - last > MaxGap))
            {
                yield return new(range.Start + ((ulong)first * Page), range.Start + ((ulong)(last + 1) * Page));
                first = -1;
            }
        }
    }
}
