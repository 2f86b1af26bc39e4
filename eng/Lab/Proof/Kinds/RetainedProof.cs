using Shop.Lab.Proof.Feeds;
using Shop.Lab.Proof.Measuring;
using Shop.Lab.Proof.Report;
using Shop.ServiceDefaults.Cases;

namespace Shop.Lab.Proof.Kinds;

/// <summary>
/// Retained: beyond the growth, the diagnosis must name the root of Leaky, and nothing else, and accuse no other variant.
/// </summary>
internal sealed class RetainedProof(CaseStudy study, int window, GrowthProof growth, Action<string, ProofStep> report) : IKindProof
{
    public async Task<IReadOnlyList<VariantResult>> RunAsync(IReadOnlyList<ProofSubject> subjects, CancellationToken cancellationToken)
    {
        var variants = await growth.RunAsync(subjects, cancellationToken);
        var named = await Task.WhenAll(subjects.Select(subject => FindRootsAsync(subject, cancellationToken)));
        var roots = subjects.Zip(named).ToDictionary(found => found.First.Target.Name, found => found.Second);
        return [.. variants.Select(variant => variant with { Roots = roots.GetValueOrDefault(variant.Name) })];
    }

    private async Task<NamedRoots> FindRootsAsync(ProofSubject subject, CancellationToken cancellationToken)
    {
        var found = await new RootMeasurement(
            subject.Target.Probe, subject.Feed, window, step => report(subject.Target.Name, step)).RunAsync(cancellationToken);
        return new(found, subject.Target.Variant == CaseVariant.Leaky ? study.RetentionPath : null);
    }
}
