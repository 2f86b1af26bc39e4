namespace Shop.Lab.Diagnosis.Graph;

/// <summary>What roots reach, dead objects not among it.</summary>
internal static class Reachability
{
    /// <summary>Marks what the roots reach.</summary>
    /// <param name="closed">What is not looked into.</param>
    public static bool[] Of(HeapGraph graph, IEnumerable<HeapRoot> roots, IReadOnlySet<int> closed)
    {
        var isReached = new bool[graph.Count];
        var waiting = new Stack<int>();
        foreach (var item in closed)
            isReached[item] = true;
        foreach (var root in roots)
            Reach(root.Object);
        while (waiting.TryPop(out var item))
        {
            foreach (var target in graph.SlotsOf(item))
            {
                if (target != HeapGraph.Null)
                    Reach(target);
            }
            if (graph.HasDependents(item))
            {
                foreach (var target in graph.DependentsOf(item))
                    Reach(target);
            }
        }
        return isReached;

        void Reach(int item)
        {
            if (isReached[item])
                return;
            isReached[item] = true;
            waiting.Push(item);
        }
    }
}
