using Shop.Lab.Diagnosis;
using Shop.Lab.Diagnosis.Judgement;
using Shop.Lab.Diagnosis.Report;
using Shop.Lab.Diagnosis.Snapshots;
using Shop.Lab.Proof.Feeds;
using Shop.Lab.Proof.Running;

namespace Shop.Lab.Proof.Measuring;

/// <summary>Diagnoses a service while its operations go on, as its user would: by the process id alone.</summary>
internal sealed class RootMeasurement(IServiceProbe probe, ICaseFeed feed, int window, Action<ProofStep> report)
{
    // What grows by less than a hundred objects is not told from what is in work.
    private const int LeastOperations = 100;

    /// <summary>What it calls a leak.</summary>
    /// <exception cref="LabException">The process cannot be read.</exception>
    public async Task<IReadOnlyList<string>> RunAsync(CancellationToken cancellationToken)
    {
        var snapshots = 0;
        report(new(1, "diagnosing"));
        var process = await probe.ReadProcessAsync(cancellationToken);
        var source = new FedProcess(new ProcessSource(process.ProcessId), feed, Math.Max(window, LeastOperations));
        var diagnosis = await new HeapDiagnosis(source, wait: null, showStrings: false, ReportSnapshot).RunAsync(cancellationToken);
        return [.. diagnosis.Growths.Where(growth => growth.Verdict == Verdict.Leak).Select(growth => growth.Path)];

        void ReportSnapshot(SnapshotFacts facts)
            => report(new(1, FormattableString.Invariant($"diagnosing, snapshot {++snapshots} read")));
    }

    private sealed class FedProcess(ProcessSource process, ICaseFeed feed, int operations) : ISnapshotSource
    {
        public string Name => process.Name;

        public int? Count => process.Count;

        public Task<HeapSnapshot?> TakeAsync(CancellationToken cancellationToken) => process.TakeAsync(cancellationToken);

        public Task GoOnAsync(TimeSpan least, CancellationToken cancellationToken) => feed.OperateAsync(operations, cancellationToken);
    }
}
