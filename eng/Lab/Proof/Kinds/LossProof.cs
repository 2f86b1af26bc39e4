using Shop.Lab.Proof.Feeds;
using Shop.Lab.Proof.Measuring;
using Shop.Lab.Proof.Report;
using Shop.ServiceDefaults.Cases;

namespace Shop.Lab.Proof.Kinds;

/// <summary>
/// Under Leaky, a kill must lose, double or invent operations, and under Published if its catalogue says so; under Fixed it must not.
/// </summary>
internal sealed class LossProof(Loss evidence, int window, Action<string, ProofStep> report) : IKindProof
{
    public async Task<IReadOnlyList<VariantResult>> RunAsync(IReadOnlyList<ProofSubject> subjects, CancellationToken cancellationToken)
        => await Task.WhenAll(subjects.Select(async subject => Judge(subject, await MeasureAsync(subject, cancellationToken))));

    private Task<IReadOnlyList<LossCount>> MeasureAsync(ProofSubject subject, CancellationToken cancellationToken)
    {
        var feed = subject.Feed as ILossFeed
            ?? throw new LabException($"{subject.Feed.GetType().Name} does not count lost operations: it is no {nameof(ILossFeed)}.");
        return new LossMeasurement(subject.Target, feed, window, step => report(subject.Target.Name, step))
            .RunAsync(cancellationToken);
    }

    private VariantResult Judge(ProofSubject subject, IReadOnlyList<LossCount> counts)
    {
        var perKill = Interval.Range(counts.Select(count => (double)count.Total));
        return new VariantResult(
            subject.Target.Name, perKill, perKill.Against(evidence.Threshold), ExpectedOf(subject.Target.Variant))
        {
            Details = new Dictionary<string, string>
            {
                ["kills"] = ProofTable.Number(counts.Count),
                ["lost"] = ProofTable.Number(counts.Sum(count => count.Lost)),
                ["doubled"] = ProofTable.Number(counts.Sum(count => count.Doubled)),
                ["unexpected"] = ProofTable.Number(counts.Sum(count => count.Unexpected)),
            },
            Series = [.. counts.Select((count, index) => (index + 1.0, (double)count.Total))],
        };
    }

    private Finding ExpectedOf(CaseVariant variant) => variant switch
    {
        CaseVariant.Leaky => Finding.Grows,
        CaseVariant.Published when evidence.IsPublishedLossy => Finding.Grows,
        _ => Finding.Flat,
    };
}
