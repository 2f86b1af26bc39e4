using Shop.Lab.Diagnosis.Graph;

namespace Shop.Lab.Diagnosis.Growth;

/// <summary>The reachable objects of a snapshot by their types.</summary>
internal sealed class TypeCounts
{
    private const int MaxTypes = 10;
    // Less comes and goes with each request.
    private const long LeastBytes = 64 * 1024;
    private readonly Dictionary<string, (long Count, long Bytes)> _types = [];

    /// <summary>Counts them.</summary>
    public TypeCounts(HeapGraph graph, PathTree tree)
    {
        var (counts, bytes) = (new long[graph.Types.Count], new long[graph.Types.Count]);
        for (var item = 0; item < graph.Count; item++)
        {
            if (tree.Nodes[item] is null || tree.IsClosed(item))
                continue;
            var type = graph.LayoutOf(item).Index;
            counts[type]++;
            bytes[type] += graph.SizeOf(item);
        }
        // Types of one name differ in their assemblies or load contexts.
        foreach (var layout in graph.Types)
        {
            var name = layout.Type.Name ?? "?";
            var (count, size) = Of(name);
            _types[name] = (count + counts[layout.Index], size + bytes[layout.Index]);
        }
    }

    /// <summary>The types whose objects became more, by the bytes added, most first.</summary>
    /// <param name="earlier">Of an earlier snapshot.</param>
    public IReadOnlyList<TypeGrowth> Since(TypeCounts earlier)
        => [.. _types.Select(type => Describe(type.Key, type.Value, earlier.Of(type.Key)))
            .Where(type => type.AddedCount > 0 && (type.AddedCount >= GrowthFinder.LeastCount || type.AddedBytes >= LeastBytes))
            .OrderByDescending(type => type.AddedBytes).Take(MaxTypes)];

    private (long Count, long Bytes) Of(string type) => _types.GetValueOrDefault(type);

    private static TypeGrowth Describe(string type, (long Count, long Bytes) now, (long Count, long Bytes) then)
        => new(TypeNames.Short(type), now.Count, now.Count - then.Count, now.Bytes, now.Bytes - then.Bytes);
}
