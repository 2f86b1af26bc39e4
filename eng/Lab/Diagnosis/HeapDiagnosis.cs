using System.Diagnostics;
using System.Globalization;
using Shop.Lab.Diagnosis.Graph;
using Shop.Lab.Diagnosis.Growth;
using Shop.Lab.Diagnosis.Judgement;
using Shop.Lab.Diagnosis.Report;
using Shop.Lab.Diagnosis.Snapshots;

namespace Shop.Lab.Diagnosis;

/// <summary>Takes snapshots until what grows is found in the same places twice, or the time is over.</summary>
/// <param name="source">Gives the snapshots.</param>
/// <param name="wait">After this time no further snapshot is taken.</param>
/// <param name="report">Is told of each snapshot.</param>
internal sealed class HeapDiagnosis(ISnapshotSource source, TimeSpan wait, Action<SnapshotFacts> report)
{
    // Two intervals tell growth from a peak.
    private const int LeastSnapshots = 3;
    private const int MaxAttempts = 5;
    private readonly List<PathTree> _trees = [];
    private readonly List<SnapshotFacts> _facts = [];
    private readonly long _started = Stopwatch.GetTimestamp();

    /// <summary>Diagnoses.</summary>
    /// <exception cref="LabException">A snapshot cannot be taken or read.</exception>
    public async Task<DiagnosisReport> RunAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<DiagnosedGrowth> growths = [];
        var last = "";
        while (await TakeAsync(cancellationToken) is var (snapshot, graph))
        {
            using (snapshot)
                growths = await Task.Run(() => Read(snapshot, graph), cancellationToken);
            report(_facts[^1]);
            var found = string.Join(' ', growths.Select(growth => growth.Signature).Order());
            if (_trees.Count > LeastSnapshots && found == last
                || _trees.Count >= LeastSnapshots && Stopwatch.GetElapsedTime(_started) > wait)
                break;
            last = found;
            await Task.Delay(source.Interval, cancellationToken);
        }
        return new(source.Name, _facts, growths);
    }

    // A process that stood still while objects were made or moved is read once more.
    private async Task<(HeapSnapshot Snapshot, HeapGraph Graph)?> TakeAsync(CancellationToken cancellationToken)
    {
        for (var attempt = 1; await source.TakeAsync(cancellationToken) is { } snapshot; attempt++)
        {
            var graph = await Task.Run(() => HeapGraphBuilder.Build(snapshot), cancellationToken);
            if (graph.BrokenReferences == 0 || attempt == MaxAttempts || source.Count is not null)
                return (snapshot, graph);
            snapshot.Dispose();
        }
        return null;
    }

    private List<DiagnosedGrowth> Read(HeapSnapshot snapshot, HeapGraph graph)
    {
        var tree = PathTree.Build(snapshot, graph);
        _trees.Add(tree);
        var growths = _trees.Count >= Math.Min(LeastSnapshots, source.Count ?? LeastSnapshots) && _trees.Count > 1
            ? Judge(GrowthFinder.Find(_trees), new BoundFinder(snapshot, graph, tree))
            : [];
        tree.Release();
        _facts.Add(new(
            Stopwatch.GetElapsedTime(_started).TotalSeconds, tree.Count, tree.Bytes, snapshot.Memory.Bytes, snapshot.ResidentBytes,
            snapshot.Pause?.TotalMilliseconds));
        return growths;
    }

    private List<DiagnosedGrowth> Judge(IEnumerable<NodeGrowth> growths, BoundFinder bounds)
        => [.. growths.Select(growth => Judge(growth, bounds)).DistinctBy(growth => growth.Signature)];

    private DiagnosedGrowth Judge(NodeGrowth growth, BoundFinder bounds)
    {
        var trace = LeakTrace.Of(growth);
        var (verdict, explanation) = Explain(growth, bounds);
        var minutes = source.Count is null ? (Stopwatch.GetElapsedTime(_started).TotalSeconds - _facts[0].Seconds) / 60 : (double?)null;
        return new(verdict, trace.Signature, trace.ToString(growth.Node.Count), growth.Node.Count, growth.Count, growth.Node.Bytes,
            growth.Bytes, growth.Bytes / minutes, explanation);
    }

    private static (Verdict Verdict, string Explanation) Explain(NodeGrowth growth, BoundFinder bounds)
    {
        if (KnownHolders.Find(growth.Node) is { } known)
            return (Verdict.Known, known);
        return bounds.Find(growth) is { } bound
            ? (Verdict.CannotTell, string.Create(CultureInfo.InvariantCulture, $"it may fill up to {bound.Field}, {bound.Value:N0}"))
            : (Verdict.Leak, Hints.For(growth));
    }
}
