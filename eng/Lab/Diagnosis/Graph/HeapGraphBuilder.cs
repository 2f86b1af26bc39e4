using System.Runtime.InteropServices;
using Microsoft.Diagnostics.Runtime;
using Shop.Lab.Diagnosis.Snapshots;

namespace Shop.Lab.Diagnosis.Graph;

/// <summary>Walks the segments of a snapshot, once to count, once for the objects, once for their references.</summary>
internal sealed class HeapGraphBuilder
{
    // An object's size, its number of elements and its references come after the pointer to its type; the low bits of that are marks.
    private const ulong TypeMask = ~7UL;
    private const int LengthOffset = sizeof(ulong);
    private const ulong SmallestObject = 3 * sizeof(ulong);

    private readonly HeapSnapshot _snapshot;
    private readonly Dictionary<ulong, ObjectLayout?> _layouts = [];
    private readonly List<ObjectLayout> _types = [];
    private int _broken;

    private HeapGraphBuilder(HeapSnapshot snapshot) => _snapshot = snapshot;

    /// <summary>Builds the graph of a snapshot.</summary>
    public static HeapGraph Build(HeapSnapshot snapshot) => new HeapGraphBuilder(snapshot).Build();

    private HeapGraph Build()
    {
        var (count, slotCount) = (0, 0);
        foreach (var segment in _snapshot.Memory.Segments)
        {
            Walk(segment, (_, layout, length, _) =>
            {
                count++;
                slotCount = checked(slotCount + layout.SlotsOf(length));
            });
        }
        var addresses = new ulong[count];
        var (layouts, sizes, firstSlots) = (new int[count], new int[count], new int[count + 1]);
        var (next, nextSlot) = (0, 0);
        foreach (var segment in _snapshot.Memory.Segments)
        {
            Walk(segment, (offset, layout, length, size) =>
            {
                addresses[next] = segment.Start + (ulong)offset;
                (layouts[next], sizes[next], firstSlots[next]) = (layout.Index, size, nextSlot);
                nextSlot += layout.SlotsOf(length);
                next++;
            });
        }
        firstSlots[count] = nextSlot;
        var slots = new int[slotCount];
        var index = new AddressIndex(addresses);
        var current = 0;
        foreach (var segment in _snapshot.Memory.Segments)
        {
            for (; current < count && addresses[current] < segment.End; current++)
            {
                var layout = _types[layouts[current]];
                var bytes = segment.Bytes[(int)(addresses[current] - segment.Start)..];
                var own = slots.AsSpan(firstSlots[current]..firstSlots[current + 1]);
                for (var slot = 0; slot < own.Length; slot++)
                    own[slot] = Resolve(index, MemoryMarshal.Read<ulong>(bytes[(int)layout.OffsetOf(slot)..]));
            }
        }
        return new HeapGraph(_types, addresses, layouts, sizes, firstSlots, slots, Dependents(index)) { BrokenReferences = _broken };
    }

    private int Resolve(AddressIndex index, ulong address)
    {
        var target = index.Find(address);
        if (target == HeapGraph.Null && address != 0)
            _broken++;
        return target;
    }

    private ILookup<int, int> Dependents(AddressIndex index)
        => _snapshot.Roots.Where(root => root.Handle == ClrHandleKind.Dependent)
            .Select(root => (Key: index.Find(root.Target), Value: index.Find(root.Dependent)))
            .Where(pair => pair.Key != HeapGraph.Null && pair.Value != HeapGraph.Null)
            .ToLookup(pair => pair.Key, pair => pair.Value);

    private void Walk(MemoryCopy.Segment segment, Action<int, ObjectLayout, uint, int> visit)
    {
        var bytes = segment.Bytes;
        for (long offset = 0; offset + (long)SmallestObject <= bytes.Length;)
        {
            if (_snapshot.AllocationContexts.TryGetValue(segment.Start + (ulong)offset, out var end))
            {
                offset = (long)(end + SmallestObject - segment.Start);
                continue;
            }
            var header = bytes[(int)offset..];
            var layout = LayoutAt(MemoryMarshal.Read<ulong>(header) & TypeMask);
            var length = layout is { HasElements: true } ? MemoryMarshal.Read<uint>(header[LengthOffset..]) : 0;
            if (layout is null || layout.SizeOf(length) is var size && size > bytes.Length - offset)
            {
                // The process stood still while it made an object: the next one is where a type follows.
                offset += sizeof(ulong);
                continue;
            }
            if (!layout.Type.IsFree)
                visit((int)offset, layout, length, (int)size);
            offset += size;
        }
    }

    private ObjectLayout? LayoutAt(ulong type)
    {
        if (_layouts.TryGetValue(type, out var known))
            return known;
        ObjectLayout? layout = null;
        if (type != 0 && _snapshot.Runtime.GetTypeByMethodTable(type) is { StaticSize: > 0 } found)
        {
            layout = new(_types.Count, found);
            _types.Add(layout);
        }
        return _layouts[type] = layout;
    }
}
