using Shop.Lab.Diagnosis.Graph;
using Shop.Lab.Diagnosis.Snapshots;

namespace Shop.Lab.Diagnosis.Growth;

/// <summary>
/// The reachable objects of a snapshot, each at the end of its shortest path from the roots that explain most. Its nodes are as many as
/// the program has kinds of paths, whatever the number of objects, so that the trees of several snapshots can be compared.
/// </summary>
internal sealed class PathTree
{
    private readonly Dictionary<string, PathNode> _roots = [];
    private readonly PathNode _closed = new(null, "", "");

    private PathTree()
    {
    }

    /// <summary>The roots.</summary>
    public IReadOnlyCollection<PathNode> Roots => _roots.Values;

    /// <summary>Bytes of all reachable objects.</summary>
    public long Bytes { get; private set; }

    /// <summary>All reachable objects.</summary>
    public long Count { get; private set; }

    /// <summary>The node of each object; null for garbage.</summary>
    public PathNode?[] Nodes { get; private set; } = [];

    /// <summary>The root of that name; null if there is none.</summary>
    public PathNode? Find(string root) => _roots.GetValueOrDefault(root);

    /// <summary>Where its paths begin.</summary>
    public IReadOnlyList<HeapRoot> HeapRoots { get; private set; } = [];

    /// <summary>Whether an object is not looked into: an array that static fields lie in.</summary>
    public bool IsClosed(int item) => Nodes[item] == _closed;

    /// <summary>Builds the tree of a snapshot.</summary>
    /// <param name="names">Those of the process's earlier snapshots.</param>
    public static PathTree Build(HeapSnapshot snapshot, HeapGraph graph, EdgeNames names)
    {
        var tree = new PathTree { Nodes = new PathNode?[graph.Count] };
        var chains = new CallbackChains(graph);
        var labels = new PathLabels(snapshot, graph, chains, names);
        var occupancy = new Occupancy(snapshot, graph);
        var aside = new Dictionary<int, (int Item, int Slot)>();
        var waiting = new Queue<int>();
        var (roots, staticArrays) = new RootFinder(snapshot, graph).Find();
        tree.HeapRoots = roots;
        foreach (var array in staticArrays)
            tree.Nodes[array] = tree._closed;
        foreach (var group in roots.GroupBy(root => root.Group))
        {
            foreach (var root in group)
                Reach(root.Object, HeapGraph.Null, tree.RootOf(root.Name), "");
            while (waiting.TryDequeue(out var item))
                Follow(item);
        }
        while (aside.Count > 0)
        {
            var left = aside.ToArray();
            aside.Clear();
            foreach (var (target, (item, slot)) in left)
                Reach(target, item, tree.Nodes[item]!, labels.EdgeOf(item, slot));
            while (waiting.TryDequeue(out var item))
                Follow(item);
        }
        foreach (var root in tree.Roots)
            tree.Bytes += root.Sum();
        return tree;

        void Follow(int item)
        {
            var targets = graph.SlotsOf(item);
            var isQueue = chains.IsQueue(item);
            for (var slot = 0; slot < targets.Length; slot++)
            {
                var target = targets[slot];
                if (target == HeapGraph.Null)
                    continue;
                foreach (var link in isQueue ? chains.After(item, target) : [])
                    Reach(link, item, tree.Nodes[item]!, labels.EdgeOf(item, slot));
                if (tree.Nodes[target] is not null)
                    continue;
                if (chains.IsAside(item, target))
                    aside.TryAdd(target, (item, slot));
                else
                    Reach(target, item, tree.Nodes[item]!, labels.EdgeOf(item, slot));
            }
            if (!graph.HasDependents(item))
                return;
            foreach (var target in graph.DependentsOf(item))
                Reach(target, item, tree.Nodes[item]!, PathNode.Dependent);
        }

        void Reach(int item, int holder, PathNode from, string edge)
        {
            if (tree.Nodes[item] is not null)
                return;
            var node = tree.Nodes[item] = from.To(edge, labels.TypeOf(item));
            node.Add(graph.SizeOf(item), holder == HeapGraph.Null ? graph.SizeOf(item) : occupancy.BytesOf(holder, item));
            tree.Count++;
            waiting.Enqueue(item);
        }
    }

    /// <summary>Forgets which object belongs to which node; the tree alone is small.</summary>
    public void Release() => (Nodes, HeapRoots) = ([], []);

    private PathNode RootOf(string name)
        => _roots.TryGetValue(name, out var root) ? root : _roots[name] = new PathNode(null, name, "");
}
