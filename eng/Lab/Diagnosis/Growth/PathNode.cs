namespace Shop.Lab.Diagnosis.Growth;

/// <summary>All objects that are reached by the same fields from the same root, with what they hold.</summary>
/// <param name="parent">What references them; null for a root.</param>
/// <param name="edge">The field, or <see cref="Element"/>; the root's name for a root.</param>
/// <param name="type">The objects' type, a delegate's with its method.</param>
internal sealed class PathNode(PathNode? parent, string edge, string type)
{
    /// <summary>The edge to an array's elements.</summary>
    public const string Element = "[]";

    /// <summary>Any edge within a collection of the framework.</summary>
    public const string Collection = "*";

    /// <summary>The edge to what lives while an object does.</summary>
    public const string Dependent = "ConditionalWeakTable";

    private readonly Dictionary<(string Edge, string Type), PathNode> _children = [];

    /// <summary>What references the objects; null for a root.</summary>
    public PathNode? Parent => parent;

    /// <summary>The root that its path begins with.</summary>
    public PathNode Root => parent is null ? this : parent.Root;

    /// <summary>The field that references them; the name of a root.</summary>
    public string Edge => edge;

    /// <summary>Whether a field of an object references them, not an array, a collection or a root.</summary>
    public bool IsOfField
        => parent?.Parent is not null && edge != Collection && edge != Dependent && !edge.StartsWith(Element, StringComparison.Ordinal);

    /// <summary>Their type, a delegate's with its method.</summary>
    public string Type => type;

    /// <summary>What they reference.</summary>
    public IReadOnlyCollection<PathNode> Children => _children.Values;

    /// <summary>How many they are.</summary>
    public long Count { get; private set; }

    /// <summary>Bytes of them alone.</summary>
    public long OwnBytes { get; private set; }

    /// <summary>Bytes of them alone, of arrays only what their collections use.</summary>
    public long UsedBytes { get; private set; }

    /// <summary>Bytes of them and of all that is reached by them first.</summary>
    public long Bytes { get; private set; }

    /// <summary>Adds an object.</summary>
    public void Add(int size, int used)
    {
        Count++;
        OwnBytes += size;
        UsedBytes += used;
    }

    /// <summary>The child by its edge and type; null if there is none.</summary>
    public PathNode? Find(PathNode child) => _children.GetValueOrDefault((child.Edge, child.Type));

    /// <summary>
    /// The node for what an edge leads to. A chain (a linked list, a tree) does not make a node for each link: what references its own type
    /// stays in the node, and an edge that the path has already gone to the same type leads back.
    /// </summary>
    public PathNode To(string childEdge, string childType)
    {
        if (Parent is not null && type == childType)
            return this;
        for (var node = this; node.Parent is not null; node = node.Parent)
        {
            if (node.Edge == childEdge && node.Type == childType)
                return node;
        }
        if (!_children.TryGetValue((childEdge, childType), out var child))
            _children[(childEdge, childType)] = child = new PathNode(this, childEdge, childType);
        return child;
    }

    /// <summary>Adds up the bytes, from the leaves on.</summary>
    public long Sum() => Bytes = OwnBytes + _children.Values.Sum(child => child.Sum());
}
