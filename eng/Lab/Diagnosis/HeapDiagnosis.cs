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
/// <param name="wait">After this time no further snapshot is taken, except those without which nothing can be told.</param>
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
        try
        {
            return await DiagnoseAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is OutOfMemoryException or OverflowException)
        {
            var reason = exception is OutOfMemoryException
                ? "there is too little memory, of which it takes two to three times the heap"
                : "its heap is larger than this program can index";
            throw new LabException($"The heap of {source.Name} cannot be read: {reason}.", CommandLine.Unreadable);
        }
    }

    private async Task<DiagnosisReport> DiagnoseAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<DiagnosedGrowth> growths = [];
        var last = "";
        while (await TakeAsync(cancellationToken) is var (snapshot, graph))
        {
            growths = await ReadAsync(snapshot, () => Read(snapshot, graph), cancellationToken);
            snapshot.Dispose();
            report(_facts[^1]);
            var found = string.Join(' ', growths.Select(growth => growth.Signature).Order());
            var isOver = _trees.Count >= LeastSnapshots && Stopwatch.GetElapsedTime(_started) > wait;
            if (isOver || (_trees.Count > LeastSnapshots && found == last))
                break;
            last = found;
            await Task.Delay(source.Interval, cancellationToken);
        }
        return new(source.Name, _facts, growths) { Holders = source.Count == 1 ? [.. LargestHolders.Of(_trees[0]).Select(Describe)] : [] };
    }

    // A process that stood still while objects were made or moved is read once more.
    private async Task<(HeapSnapshot Snapshot, HeapGraph Graph)?> TakeAsync(CancellationToken cancellationToken)
    {
        for (var attempt = 1; await source.TakeAsync(cancellationToken) is { } snapshot; attempt++)
        {
            var graph = await ReadAsync(snapshot, () => HeapGraphBuilder.Build(snapshot), cancellationToken);
            if (graph.BrokenReferences == 0 || attempt == MaxAttempts || source.Count is not null)
                return (snapshot, graph);
            snapshot.Dispose();
        }
        return null;
    }

    // Native code works on the snapshot and must not lose it: an interrupted diagnosis neither waits for that nor closes the snapshot.
    private async Task<T> ReadAsync<T>(HeapSnapshot snapshot, Func<T> read, CancellationToken cancellationToken)
    {
        try
        {
            var result = await Task.Run(read, cancellationToken).WaitAsync(cancellationToken);
            if (!snapshot.HasEnded)
                return result;
        }
        catch (Exception) when (snapshot.HasEnded)
        {
            // What is read of a process that has ended makes no sense.
        }
        throw new LabException($"The {source.Name} ended while it was read.", CommandLine.Unreadable);
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
        var (verdict, explanation) = Judge(growth.Node, bounds);
        var minutes = source.Count is null ? (Stopwatch.GetElapsedTime(_started).TotalSeconds - _facts[0].Seconds) / 60 : (double?)null;
        return new(verdict, trace.Signature, trace.ToString(growth.Node.Count), growth.Node.Count, growth.Count, growth.Node.Bytes,
            growth.Bytes, growth.Bytes / minutes, explanation);
    }

    private static DiagnosedHolder Describe(PathNode node)
    {
        // Beside nothing, all that it holds has grown.
        var trace = LeakTrace.Of(new(node, [null]));
        return new(trace.Signature, trace.ToString(node.Count), node.Count, node.Bytes, KnownHolders.Find(node));
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
