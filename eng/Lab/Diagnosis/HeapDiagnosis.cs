using System.Diagnostics;
using System.Globalization;
using Shop.Lab.Diagnosis.Graph;
using Shop.Lab.Diagnosis.Growth;
using Shop.Lab.Diagnosis.Judgement;
using Shop.Lab.Diagnosis.Report;
using Shop.Lab.Diagnosis.Snapshots;
using Shop.Lab.Diagnosis.Strings;

namespace Shop.Lab.Diagnosis;

/// <summary>Takes snapshots until what grows is found in the same places twice, or the time is over.</summary>
/// <param name="source">Gives the snapshots.</param>
/// <param name="wait">After this time no further snapshot is taken.</param>
/// <param name="showStrings">Whether the report has the contents of duplicate strings.</param>
/// <param name="report">Is told of each snapshot.</param>
internal sealed class HeapDiagnosis(ISnapshotSource source, TimeSpan wait, bool showStrings, Action<SnapshotFacts> report)
{
    // Two intervals tell growth from a peak.
    private const int LeastSnapshots = 3;
    private const int MaxAttempts = 5;
    private readonly List<PathTree> _trees = [];
    private readonly List<SnapshotFacts> _facts = [];
    private readonly long _started = Stopwatch.GetTimestamp();
    private IReadOnlyList<DiagnosedGrowth> _growths = [];
    private StringWaste? _strings;

    /// <summary>Diagnoses.</summary>
    /// <exception cref="LabException">A snapshot cannot be taken or read.</exception>
    public async Task<DiagnosisReport> RunAsync(CancellationToken cancellationToken)
    {
        while (await TakeAsync(cancellationToken) is var (snapshot, graph))
        {
            bool isLast;
            using (snapshot)
                isLast = await Task.Run(() => Read(snapshot, graph), cancellationToken);
            report(_facts[^1]);
            if (isLast)
                break;
            await Task.Delay(source.Interval, cancellationToken);
        }
        return new(source.Name, _facts, _growths, _strings);
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

    // Returns whether no further snapshot is needed.
    private bool Read(HeapSnapshot snapshot, HeapGraph graph)
    {
        var tree = PathTree.Build(snapshot, graph);
        _trees.Add(tree);
        var growths = _trees.Count >= Math.Min(LeastSnapshots, source.Count ?? LeastSnapshots) && _trees.Count > 1
            ? Judge(GrowthFinder.Find(_trees), new BoundFinder(snapshot, graph, tree))
            : [];
        var isLast = IsLast(growths);
        _growths = growths;
        if (isLast)
            _strings = new DuplicateStrings(snapshot, graph, tree).Find(showStrings);
        tree.Release();
        _facts.Add(new(
            Stopwatch.GetElapsedTime(_started).TotalSeconds, tree.Count, tree.Bytes, snapshot.Memory.Bytes, snapshot.ResidentBytes,
            snapshot.Pause?.TotalMilliseconds));
        return isLast;
    }

    private bool IsLast(List<DiagnosedGrowth> growths)
        => _trees.Count == source.Count || Stopwatch.GetElapsedTime(_started) > wait
            || (_trees.Count > LeastSnapshots && SignaturesOf(growths).SetEquals(SignaturesOf(_growths)));

    private static HashSet<string> SignaturesOf(IEnumerable<DiagnosedGrowth> growths) => [.. growths.Select(growth => growth.Signature)];

    private List<DiagnosedGrowth> Judge(IEnumerable<NodeGrowth> growths, BoundFinder bounds)
        => [.. growths.Select(growth => Judge(growth, bounds)).DistinctBy(growth => growth.Signature)];

    private DiagnosedGrowth Judge(NodeGrowth growth, BoundFinder bounds)
    {
        var trace = LeakTrace.Of(growth);
        var (verdict, explanation) = Judge(growth.Node, bounds);
        var minutes = source.Count is null ? (Stopwatch.GetElapsedTime(_started).TotalSeconds - _facts[0].Seconds) / 60 : (double?)null;
        return new(verdict, trace.Signature, trace.ToString(growth.Node.Count), growth.Node.Count, growth.Count, growth.Node.Bytes,
            growth.Bytes, growth.Bytes / minutes, explanation);
    }

    private static (Verdict Verdict, string Explanation) Judge(PathNode node, BoundFinder bounds)
    {
        if (KnownHolders.Find(node) is { } known)
            return (Verdict.Known, known);
        return bounds.Find(node) is { } bound
            ? (Verdict.CannotTell, string.Create(CultureInfo.InvariantCulture, $"it may fill up to {bound.Field}, {bound.Value:N0}"))
            : (Verdict.Leak, Hints.For(node));
    }
}
