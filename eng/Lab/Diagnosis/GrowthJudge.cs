using System.Globalization;
using Shop.Lab.Diagnosis.Graph;
using Shop.Lab.Diagnosis.Growth;
using Shop.Lab.Diagnosis.Judgement;
using Shop.Lab.Diagnosis.Report;
using Shop.Lab.Diagnosis.Snapshots;

namespace Shop.Lab.Diagnosis;

/// <summary>Judges what has grown up to a snapshot.</summary>
/// <param name="snapshot">The last one.</param>
/// <param name="graph">Its objects.</param>
/// <param name="tree">Their paths.</param>
internal sealed class GrowthJudge(HeapSnapshot snapshot, HeapGraph graph, PathTree tree)
{
    private readonly BoundFinder _bounds = new(snapshot, graph, tree);

    /// <summary>Judges each growth, most bytes first; those of one signature are one.</summary>
    public IReadOnlyList<JudgedGrowth> Judge(IEnumerable<NodeGrowth> growths)
    {
        var owners = new HashSet<(Verdict, Owner)>();
        var judged = new List<JudgedGrowth>();
        foreach (var growth in growths)
        {
            var (verdict, explanation) = Explain(growth);
            // What only the framework has a name for is a part of what its owner grows by.
            if (owners.Add((verdict, Owner.Of(growth.Node))) || !Frameworks.NameAll(growth.Node.Type))
                judged.Add(new(growth, LeakTrace.Of(growth), verdict, explanation));
        }
        return [.. judged.DistinctBy(growth => growth.Trace.Signature)];
    }

    /// <summary>Adds what the objects retain, for which the heap is traversed once more.</summary>
    /// <param name="minutes">Since the first snapshot; null if that is not known.</param>
    public DiagnosedGrowth Diagnose(JudgedGrowth judged, double? minutes)
    {
        var (growth, trace, verdict, explanation) = judged;
        var retained = verdict == Verdict.Known ? growth.Node.Bytes : Retention.BytesOf(graph, tree, growth.Node);
        return new(verdict, trace.Signature, $"{trace}", trace.ToString(growth.Node.Count), growth.Node.Count, growth.Count, retained,
            growth.Bytes, growth.Bytes / minutes, explanation);
    }

    private (Verdict Verdict, string Explanation) Explain(NodeGrowth growth)
    {
        if (KnownHolders.Find(growth.Node) is { } known)
            return (Verdict.Known, known);
        return _bounds.Find(growth) is { } bound
            ? (Verdict.CannotTell, string.Create(CultureInfo.InvariantCulture, $"it may fill up to {bound.Field}, {bound.Value:N0}"))
            : (Verdict.Leak, Hints.For(growth) + Finalizer(growth.Node));
    }

    private string Finalizer(PathNode node)
        => RootFinder.IsFinalizerQueue(node.Root.Edge) && snapshot.FinalizerMethod is { } method
            ? $": it is in {TypeNames.Method(method.Type.Name ?? "?", method.Name ?? "?")}"
            : "";
}
