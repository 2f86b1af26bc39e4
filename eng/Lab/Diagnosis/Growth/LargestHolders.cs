namespace Shop.Lab.Diagnosis.Growth;

/// <summary>Finds the places that hold most: what holds them in turn holds as much, but is only on the way.</summary>
internal static class LargestHolders
{
    private const int Most = 5;
    private const int LeastOf = 100;

    /// <summary>The topmost nodes of many objects or of large ones, that with most bytes first.</summary>
    public static IReadOnlyList<PathNode> Of(PathTree tree)
    {
        var waiting = new PriorityQueue<PathNode, long>();
        foreach (var root in tree.Roots)
            Enqueue(root.Children);
        var found = new List<PathNode>();
        while (found.Count < Most && waiting.TryDequeue(out var node, out _) && node.Bytes >= tree.Bytes / LeastOf)
        {
            if (node.Count < GrowthFinder.LeastCount && node.OwnBytes * 2 < node.Bytes)
                Enqueue(node.Children);
            // A collection is one place, whatever it holds besides.
            else if (found.All(other => CollectionOf(other) != CollectionOf(node)))
                found.Add(node);
        }
        return found;

        void Enqueue(IEnumerable<PathNode> nodes)
        {
            foreach (var node in nodes)
                waiting.Enqueue(node, -node.Bytes);
        }
    }

    private static PathNode CollectionOf(PathNode node) => GrowthFinder.CollectionOf(node) ?? node;
}
