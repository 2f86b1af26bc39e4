namespace Shop.Lab.Diagnosis.Growth;

/// <summary>A node of the last tree beside its counterparts in the earlier ones.</summary>
/// <param name="Node">In the last tree.</param>
/// <param name="Earlier">In each earlier tree; null where it did not exist yet.</param>
/// <param name="Steadiness">Knows the times of the trees.</param>
internal sealed record NodeGrowth(PathNode Node, IReadOnlyList<PathNode?> Earlier, Steadiness Steadiness)
{
    private const double MostOf = 0.7;

    /// <summary>How many objects it had at first.</summary>
    public long FirstCount => Earlier[0]?.Count ?? 0;

    /// <summary>By how many objects it grew from the first tree to the last.</summary>
    public long Count => Node.Count - FirstCount;

    /// <summary>By how many bytes it grew with all that it holds.</summary>
    public long Bytes => Math.Max(Node.Bytes - (Earlier[0]?.Bytes ?? 0), UsedBytes);

    /// <summary>By how many bytes its objects alone grew.</summary>
    public long OwnBytes => Node.OwnBytes - (Earlier[0]?.OwnBytes ?? 0);

    /// <summary>By how many bytes it grew in use: without what a collection has only reserved.</summary>
    public long UsedBytes => Node.UsedBytes - (Earlier[0]?.UsedBytes ?? 0);

    /// <summary>Whether the number of its objects grew in every interval.</summary>
    public bool IsSteady => IsSteadyIn(node => node.Count);

    /// <summary>Whether its objects themselves became larger in every interval.</summary>
    public bool IsSteadyInBytes => IsSteadyIn(node => node.UsedBytes);

    /// <summary>The children, each beside its counterparts.</summary>
    public IEnumerable<NodeGrowth> Children
        => Node.Children.Select(child => this with { Node = child, Earlier = [.. Earlier.Select(node => node?.Find(child))] });

    /// <summary>The child that carries most of the growth; null if it is spread over several.</summary>
    public NodeGrowth? Heaviest
        => Children.MaxBy(child => child.Bytes) is { Bytes: > 0 } heaviest && heaviest.Bytes >= MostOf * (Bytes - OwnBytes)
            ? heaviest
            : null;

    /// <summary>
    /// Whether its owners, most of which were there at first, receive it one after the other: a field references at most one for each.
    /// </summary>
    public bool IsFilling
        => Node is { IsOfField: true, Parent: { } owners } && Node.Count <= owners.Count
            && Earlier[0]?.Parent is { } first && (owners.Count - first.Count) * 2 <= Count;

    /// <summary>The growth beyond what its parent's own growth explains.</summary>
    /// <param name="parent">The growth of its parent.</param>
    public long CountBeyond(NodeGrowth parent)
    {
        // The parents are too few to be what accumulates.
        if (parent.Count < GrowthFinder.LeastCount)
            return Count;
        // So much of the parent is new that what it holds tells nothing about each.
        if (parent.FirstCount * 10 < parent.Node.Count)
            return 0;
        return Count - (long)((double)FirstCount / parent.FirstCount * parent.Count);
    }

    private bool IsSteadyIn(Func<PathNode, long> measure)
        => Steadiness.IsSteady([.. Earlier.Select(node => node is null ? 0 : measure(node)), measure(Node)]);
}
