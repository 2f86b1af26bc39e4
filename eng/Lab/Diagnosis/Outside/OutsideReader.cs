using Microsoft.Diagnostics.Runtime;
using Shop.Lab.Diagnosis.Graph;
using Shop.Lab.Diagnosis.Growth;
using Shop.Lab.Diagnosis.Snapshots;

namespace Shop.Lab.Diagnosis.Outside;

/// <summary>Reads what a process has beside its managed heap.</summary>
internal static class OutsideReader
{
    private const string SafeHandle = "System.Runtime.InteropServices.SafeHandle";

    /// <summary>Reads it from a snapshot.</summary>
    public static OutsideFacts Read(HeapSnapshot snapshot, HeapGraph graph, PathTree tree)
        => new(
            snapshot.Runtime.EnumerateModules().Count(module => module.IsDynamic),
            snapshot.Runtime.EnumerateClrNativeHeaps().Where(IsOfRuntime).Sum(heap => (long)heap.MemoryRange.Length),
            snapshot.ResidentBytes,
            snapshot.Runtime.Heap.Segments.Sum(segment => (long)segment.CommittedMemory.Length),
            CountHandles(graph, tree));

    // The collector's own heaps are counted by segment.
    private static bool IsOfRuntime(ClrNativeHeapInfo heap)
        => heap.GCHeap < 0 && heap.State == ClrNativeHeapState.Active;

    private static Dictionary<string, long> CountHandles(HeapGraph graph, PathTree tree)
    {
        var names = graph.Types.Where(layout => IsHandle(layout.Type))
            .ToDictionary(layout => layout.Index, layout => TypeNames.Short(layout.Type.Name ?? "?"));
        var counts = new Dictionary<string, long>();
        for (var item = 0; item < graph.Count && names.Count > 0; item++)
        {
            if (tree.Nodes[item] is not null && names.TryGetValue(graph.LayoutOf(item).Index, out var name))
                counts[name] = counts.GetValueOrDefault(name) + 1;
        }
        return counts;
    }

    private static bool IsHandle(ClrType type)
    {
        for (var current = type.BaseType; current is not null; current = current.BaseType)
        {
            if (current.Name == SafeHandle)
                return true;
        }
        return false;
    }
}
