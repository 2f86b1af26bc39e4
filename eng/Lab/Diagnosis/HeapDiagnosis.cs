using System.Diagnostics;
using Shop.Lab.Diagnosis.Graph;
using Shop.Lab.Diagnosis.Growth;
using Shop.Lab.Diagnosis.Judgement;
using Shop.Lab.Diagnosis.Outside;
using Shop.Lab.Diagnosis.Report;
using Shop.Lab.Diagnosis.Snapshots;
using Shop.Lab.Diagnosis.Strings;

namespace Shop.Lab.Diagnosis;

/// <summary>Takes snapshots until what grows is found in the same places twice, or the time is over.</summary>
/// <param name="source">Gives the snapshots.</param>
/// <param name="wait">
/// How long it goes on while it finds no leak; null to end when it has found twice that nothing grows, after 30 s at the latest. The
/// snapshots without which nothing can be told are taken in any case.
/// </param>
/// <param name="showStrings">Whether the report has the contents of duplicate strings.</param>
/// <param name="report">Is told of each snapshot.</param>
internal sealed class HeapDiagnosis(ISnapshotSource source, TimeSpan? wait, bool showStrings, Action<SnapshotFacts> report)
{
    // Two intervals tell growth from a peak.
    private const int LeastSnapshots = 3;
    private const int MaxAttempts = 5;
    private static readonly TimeSpan DefaultWait = TimeSpan.FromSeconds(30);
    private readonly EdgeNames _names = new();
    private readonly List<PathTree> _trees = [];
    private readonly List<SnapshotFacts> _facts = [];
    private readonly List<OutsideFacts> _outside = [];
    private readonly long _started = Stopwatch.GetTimestamp();
    private TypeCounts? _firstTypes;
    private IReadOnlyList<TypeGrowth> _types = [];
    private HashSet<string> _signatures = [];
    private IReadOnlyList<DiagnosedGrowth> _growths = [];
    private StringWaste? _strings;

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
        while (await StepAsync(cancellationToken))
        {
            await source.GoOnAsync(LeastWait, cancellationToken);
            // The arrays of one snapshot would stay, as garbage, until those of the next are made. (Before the wait, the stack of what
            // has read them may still hold them.)
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive);
        }
        return new(source.Name, _facts, _growths, IsEnough ? [.. new OutsideGrowth(_outside, Steadiness).Find()] : [], _strings)
        {
            Types = _types,
            Holders = source.Count == 1 ? [.. LargestHolders.Of(_trees[0]).Select(Describe)] : [],
        };
    }

    // Takes a snapshot and reads it; false if it is the last.
    private async Task<bool> StepAsync(CancellationToken cancellationToken)
    {
        if (await TakeAsync(cancellationToken) is not var (snapshot, graph))
            return false;
        var isLast = await ReadAsync(snapshot, () => Read(snapshot, graph), cancellationToken);
        snapshot.Dispose();
        report(_facts[^1]);
        return !isLast;
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

    // When a dump was written is not known.
    private Steadiness Steadiness => new([.. _facts.Select((fact, index) => source.Count is null ? fact.Seconds : index)]);

    private TimeSpan LeastWait
        => TimeSpan.FromSeconds(Pace.Next(_facts[0].Seconds, _facts[^1].Seconds, Limit.TotalSeconds)) - Stopwatch.GetElapsedTime(_started);

    private TimeSpan Limit => wait ?? DefaultWait;

    private bool IsEnough => _trees.Count > 1 && _trees.Count >= Math.Min(LeastSnapshots, source.Count ?? LeastSnapshots);

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

    // Returns whether no further snapshot is needed.
    private bool Read(HeapSnapshot snapshot, HeapGraph graph)
    {
        var tree = PathTree.Build(snapshot, graph, _names);
        _trees.Add(tree);
        _outside.Add(OutsideReader.Read(snapshot, graph, tree));
        var seconds = Stopwatch.GetElapsedTime(_started, snapshot.Taken).TotalSeconds;
        _facts.Add(new(
            seconds, tree.Count, tree.Bytes, snapshot.Memory.Bytes, snapshot.ResidentBytes, snapshot.Pause?.TotalMilliseconds));
        var types = new TypeCounts(graph, tree);
        _firstTypes ??= types;
        var judge = new GrowthJudge(snapshot, graph, tree);
        var judged = IsEnough ? judge.Judge(GrowthFinder.Find(_trees, Steadiness)) : [];
        var isLast = IsLast(judged);
        if (isLast)
        {
            var minutes = source.Count is null ? (seconds - _facts[0].Seconds) / 60 : (double?)null;
            _growths = [.. judged.Select(growth => judge.Diagnose(growth, minutes))];
            _types = types.Since(_firstTypes);
            _strings = new DuplicateStrings(snapshot, graph, tree).Find(showStrings);
        }
        tree.Release();
        return isLast;
    }

    private bool IsLast(IReadOnlyList<JudgedGrowth> judged)
    {
        if (source.Count is { } count)
            return _trees.Count == count;
        var signatures = judged.Select(growth => growth.Trace.Signature).ToHashSet();
        var isStable = _trees.Count > LeastSnapshots && signatures.SetEquals(_signatures);
        _signatures = signatures;
        var isAnswer = wait is null || judged.Any(growth => growth.Verdict == Verdict.Leak);
        return (isStable && isAnswer) || (IsEnough && Stopwatch.GetElapsedTime(_started) > Limit);
    }

    private static DiagnosedHolder Describe(PathNode node)
    {
        // Beside nothing, all that it holds has grown.
        var trace = LeakTrace.Of(new NodeGrowth(node, [null], new([0, 1])));
        return new(trace.Signature, trace.ToString(node.Count), node.Count, node.Bytes, KnownHolders.Find(node));
    }
}
