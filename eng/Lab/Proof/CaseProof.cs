using System.Diagnostics;
using Shop.Lab.Proof.Defects;
using Shop.Lab.Proof.Feeds;
using Shop.Lab.Proof.Kinds;
using Shop.Lab.Proof.Measuring;
using Shop.Lab.Proof.Report;
using Shop.Lab.Proof.Running;
using Shop.ServiceDefaults.Cases;

namespace Shop.Lab.Proof;

/// <summary>Proves one case: all its variants at the same time, under the same operations, each in a process of its own.</summary>
internal sealed class CaseProof(CaseStudy study, Backends backends, IReadOnlyList<DefectTest> defects, Action<string, ProofStep> report)
{
    private const int TimedOperations = 4;
    private readonly CaseFeeding _feeding = CaseFeeding.Of(study);

    /// <exception cref="LabException">A service did not come up or failed an operation.</exception>
    public async Task<CaseResult> RunAsync(CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        await using var neighbours = await Neighbours.StartAsync(study, _feeding.Neighbours, backends, cancellationToken);
        await using var targets = await ProofTargets.StartAsync(study, _feeding, backends, neighbours, cancellationToken);
        var variants = await ProofOfKind().RunAsync(targets.All, cancellationToken);
        var isTimed = _feeding.IsTimed && study.Evidence is Retained or Allocated or Handles;
        var time = isTimed ? await CompareTimesAsync(targets, cancellationToken) : null;
        return new CaseResult(study, variants, time, defects, Stopwatch.GetElapsedTime(started).TotalSeconds, DateTimeOffset.UtcNow);
    }

    private IKindProof ProofOfKind() => study.Evidence switch
    {
        Retained retained => new RetainedProof(study, _feeding.Window, Growth(target
            => new LiveBytes(target.Probe, [.. retained.TrackedTypes.Select(type => type.FullName!)])), report),
        Handles { Resource: HandleResource.TimeWaitSockets } =>
            Growth(target => new LeftTimeWaitSockets(target.Probe, Loopback.Of(target.Variant))),
        Handles handles => Growth(target => new OpenHandles(target.Probe, handles.Resource)),
        Allocated allocated => new AllocatedProof(allocated, _feeding.Window, report),
        Peak peak => new PeakProof(peak, _feeding.Window, report),
        Loss loss => new LossProof(loss, _feeding.Window, report),
        Setting => new SettingProof(_feeding.Window, report),
        _ => throw new UnreachableException(),
    };

    private GrowthProof Growth(Func<IProofTarget, IGrowthReading> readingOf)
        => new(study.Evidence, _feeding.Window, _feeding.WarmUp, readingOf, report);

    private Task<TimeComparison> CompareTimesAsync(ProofTargets targets, CancellationToken cancellationToken)
        => PairedTimes.CompareAsync(
            targets.FeedOf(CaseVariant.Leaky), targets.FeedOf(CaseVariant.Fixed), TimedOperations, Report, cancellationToken);

    // Both take part in each pair.
    private void Report(ProofStep step)
    {
        report(CaseVariant.Leaky.Name(), step);
        report(CaseVariant.Fixed.Name(), step);
    }
}
