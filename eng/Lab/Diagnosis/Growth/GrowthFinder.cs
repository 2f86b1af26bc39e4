using Shop.Lab.Diagnosis.Graph;

namespace Shop.Lab.Diagnosis.Growth;

/// <summary>Finds where objects accumulate: the topmost nodes that grew in every interval although what holds them did not.</summary>
internal sealed class GrowthFinder
{
    /// <summary>Of less, what is in work at one moment and not at another looks like growth.</summary>
    public const long LeastCount = 100;
    private const long LeastBytes = 1 << 20;

    private readonly List<NodeGrowth> _found = [];

    /// <summary>Compares trees of one process, the earliest first; that which holds most growth comes first.</summary>
    public static IReadOnlyList<NodeGrowth> Find(IReadOnlyList<PathTree> trees, Steadiness steadiness)
    {
        var finder = new GrowthFinder();
        var last = trees[^1];
        foreach (var root in last.Roots)
        {
            var growth = new NodeGrowth(root, [.. trees.SkipLast(1).Select(tree => tree.Find(root.Edge))], steadiness);
            foreach (var child in growth.Children)
                finder.Visit(child, child.Count);
        }
        // A collection is one leak, whatever it holds besides: a growing dictionary also has more locks.
        return [.. finder._found.OrderByDescending(growth => growth.Bytes).DistinctBy(growth => CollectionOf(growth.Node) ?? growth.Node)];
    }

    /// <summary>The collection of the framework that a node lies in; null if it lies in none.</summary>
    public static PathNode? CollectionOf(PathNode node)
    {
        PathNode? collection = null;
        for (var holder = node.Parent; holder is not null && IsOfCollection(holder); holder = holder.Parent)
            collection = holder;
        return collection;
    }

    private static bool IsOfCollection(PathNode node)
        => node.Edge == PathNode.Collection || Frameworks.IsCollection(node.Type);

    private void Visit(NodeGrowth growth, long countBeyond)
    {
        if (IsAccumulation(growth, countBeyond) || IsLengthening(growth))
            _found.Add(growth);
        foreach (var child in growth.Children)
            Visit(child, child.CountBeyond(growth));
    }

    private static bool IsAccumulation(NodeGrowth growth, long countBeyond)
        => countBeyond >= LeastCount && countBeyond * 2 > growth.Count && growth.IsSteady;

    // An array whose elements are objects is told by them.
    private static bool IsLengthening(NodeGrowth growth)
        => growth.UsedBytes >= LeastBytes && growth.Count < LeastCount && growth.IsSteadyInBytes
            && !growth.Children.Any(child => IsAccumulation(child, child.CountBeyond(growth)));
}
