using System.Diagnostics;
using Shop.Lab.Proof.Feeds;
using Shop.Lab.Proof.Measuring;
using Shop.Lab.Proof.Report;
using Shop.Lab.Proof.Running;
using Shop.ServiceDefaults.Cases;

namespace Shop.Lab.Proof;

/// <summary>Proves one case: all its variants at the same time, under the same operations, each in a process of its own.</summary>
internal sealed class CaseProof(CaseStudy study, Backends backends, Action<CaseVariant, double> report)
{
    private const int TimedOperations = 8;
    private readonly CaseFeeding _feeding = CaseFeeding.Of(study);

    /// <exception cref="LabException">A service did not come up or failed an operation.</exception>
    public async Task<CaseResult> RunAsync(CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        await using var neighbours = await Neighbours.StartAsync(study, _feeding.Neighbours, backends, cancellationToken);
        await using var targets = await ProofTargets.StartAsync(study, _feeding, backends, neighbours, cancellationToken);
        var variants = await ProofOfKind().RunAsync(targets, cancellationToken);
        var time = await PairedTimes.CompareAsync(targets.FeedOf(CaseVariant.Leaky), targets.FeedOf(CaseVariant.Fixed), TimedOperations, cancellationToken);
        return new CaseResult(study, variants, time, Stopwatch.GetElapsedTime(started).TotalSeconds);
    }

    private IKindProof ProofOfKind() => study.Evidence switch
    {
        Retained retained => new RetainedProof(retained, _feeding, report),
        Allocated allocated => new AllocatedProof(allocated, _feeding, report),
        _ => throw new LabException($"There is no proof of the kind {study.Evidence.Kind} yet."),
    };
}
