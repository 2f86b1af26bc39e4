using System.Text.RegularExpressions;
using Microsoft.Diagnostics.Runtime;
using Shop.Lab.Diagnosis.Graph;
using Shop.Lab.Diagnosis.Snapshots;

namespace Shop.Lab.Diagnosis.Growth;

/// <summary>
/// How much of an array is in use. A collection of numbers or structs is one array that doubles now and then: its size stands still
/// between, its number of elements grows.
/// </summary>
internal sealed partial class Occupancy(HeapSnapshot snapshot, HeapGraph graph)
{
    // The size of a smaller one does not matter.
    private const int LeastSize = 1 << 14;
    private readonly Dictionary<int, (int Count, int Free)> _fields = [];

    /// <summary>Bytes in use of an object that another holds.</summary>
    public int BytesOf(int holder, int item)
    {
        var size = graph.SizeOf(item);
        if (size < LeastSize || graph.LayoutOf(item).Type is not { IsArray: true, ComponentSize: var element })
            return size;
        var layout = graph.LayoutOf(holder);
        if (!_fields.TryGetValue(layout.Index, out var fields))
            _fields[layout.Index] = fields = (OffsetOf(layout.Type, Count()), OffsetOf(layout.Type, FreeCount()));
        return fields.Count == 0 || layout.Type.IsArray
            ? size
            : (int)Math.Clamp((Read(holder, fields.Count) - (fields.Free == 0 ? 0L : Read(holder, fields.Free))) * element, 0, size);
    }

    private int Read(int item, int offset) => snapshot.Runtime.DataTarget.DataReader.Read<int>(graph.AddressOf(item) + (ulong)offset);

    private static int OffsetOf(ClrType type, Regex name)
        => type.Fields.FirstOrDefault(field => field.ElementType == ClrElementType.Int32 && name.IsMatch(field.Name ?? "")) is { } field
            ? field.Offset + sizeof(ulong)
            : 0;

    [GeneratedRegex("^_?(size|count|length)$", RegexOptions.IgnoreCase)]
    private static partial Regex Count();

    [GeneratedRegex("^_?freeCount$", RegexOptions.IgnoreCase)]
    private static partial Regex FreeCount();
}
