using System.Runtime.InteropServices;
using Microsoft.Diagnostics.Runtime;
using Shop.Lab.Diagnosis.Snapshots;

namespace Shop.Lab.Diagnosis.Graph;

/// <summary>The arrays that the runtime keeps static fields and interned strings in.</summary>
internal sealed class StaticArrays
{
    // What the runtime knows of a type's statics: where its references begin, where the rest does, and the type. The low bits are marks.
    private const int TypeAfterSlot = 2;
    private const ulong AddressMask = ~7UL;

    private readonly HeapSnapshot _snapshot;
    private readonly HeapGraph _graph;

    public StaticArrays(HeapSnapshot snapshot, HeapGraph graph)
    {
        (_snapshot, _graph) = (snapshot, graph);
        // Nothing but the runtime puts such arrays among the pinned objects. Of a server's handles, which hold them, the runtime's reader
        // finds only some.
        var pinned = snapshot.Runtime.Heap.Segments.Where(segment => segment.Kind == GCSegmentKind.Pinned)
            .Select(segment => segment.ObjectRange).ToArray();
        Items = Enumerable.Range(0, graph.Count)
            .Where(item => graph.LayoutOf(item).Type.Name == "System.Object[]")
            .Where(item => pinned.Any(range => range.Contains(graph.AddressOf(item))))
            .ToHashSet();
    }

    /// <summary>The arrays.</summary>
    public IReadOnlySet<int> Items { get; }

    /// <summary>The objects in slots that are none of the named ones.</summary>
    /// <param name="named">The addresses of slots.</param>
    public IEnumerable<int> Unnamed(IReadOnlySet<ulong> named)
    {
        foreach (var array in Items)
        {
            var layout = _graph.LayoutOf(array);
            var targets = _graph.SlotsOf(array).ToArray();
            for (var slot = 0; slot < targets.Length; slot++)
            {
                if (targets[slot] != HeapGraph.Null && !named.Contains(_graph.AddressOf(array) + (ulong)layout.OffsetOf(slot)))
                    yield return targets[slot];
            }
        }
    }

    /// <summary>
    /// The types whose fields lie in the arrays, found in what the runtime has allocated for types: no module lists what is made of a
    /// generic type, and no object tells of it if it has static members only.
    /// </summary>
    public IEnumerable<ClrType> Types()
    {
        var arrays = Items.Select(array => new MemoryRange(_graph.AddressOf(array), _graph.AddressOf(array) + (ulong)_graph.SizeOf(array)))
            .OrderBy(range => range.Start).ToArray();
        var found = new HashSet<ulong>();
        var reader = _snapshot.Runtime.DataTarget.DataReader;
        foreach (var heap in LoaderHeaps())
        {
            var bytes = new byte[heap.Length];
            var words = MemoryMarshal.Cast<byte, ulong>(bytes.AsSpan(0, reader.Read(heap.Start, bytes)));
            for (var word = 0; word < words.Length - TypeAfterSlot; word++)
            {
                var slot = words[word] & AddressMask;
                if (slot >= arrays[0].Start && slot < arrays[^1].End && arrays.Any(array => array.Contains(slot)))
                    found.Add(words[word + TypeAfterSlot]);
            }
        }
        return found.Select(type => _snapshot.Runtime.GetTypeByMethodTable(type)).OfType<ClrType>();
    }

    private IEnumerable<MemoryRange> LoaderHeaps()
        => _snapshot.Runtime.AppDomains.Append(_snapshot.Runtime.SystemDomain).OfType<ClrAppDomain>()
            .SelectMany(domain => domain.EnumerateLoaderAllocatorHeaps())
            .Where(heap => heap.Kind is NativeHeapKind.LowFrequencyHeap or NativeHeapKind.HighFrequencyHeap)
            .Select(heap => heap.MemoryRange).Distinct();
}
