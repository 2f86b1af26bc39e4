using Shop.Lab.Diagnosis.Graph;

namespace Shop.Lab.Diagnosis.Growth;

/// <summary>What objects retain: themselves and all that would be garbage without them, however it is reached.</summary>
internal static class Retention
{
    /// <summary>
    /// The bytes that the objects of a node retain together. A dominator tree would tell what each retains alone, and not count what
    /// several of them share.
    /// </summary>
    public static long BytesOf(HeapGraph graph, PathTree tree, PathNode node)
    {
        var remains = Reachability.Of(graph, tree.HeapRoots, item => tree.Nodes[item] == node || tree.IsClosed(item));
        var bytes = 0L;
        for (var item = 0; item < graph.Count; item++)
        {
            if (tree.Nodes[item] is { } reached && (reached == node || !remains[item]))
                bytes += graph.SizeOf(item);
        }
        return bytes;
    }
}
