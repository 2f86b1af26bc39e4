using System.Globalization;
using Shop.Lab.Proof.Feeds;
using Shop.Lab.Proof.Measuring;
using Shop.Lab.Proof.Report;
using Shop.ServiceDefaults.Cases;

namespace Shop.Lab.Proof.Kinds;

/// <summary>
/// Leaky must allocate more than Fixed; Fixed, measured twice, must not differ from itself. While a variant's windows do not say yet
/// whether it is above the threshold or below, further ones are measured.
/// </summary>
internal sealed class AllocatedProof(Allocated evidence, int window, Action<string, ProofStep> report) : IKindProof
{
    private const int MaxRounds = 4;

    public async Task<IReadOnlyList<VariantResult>> RunAsync(IReadOnlyList<ProofSubject> subjects, CancellationToken cancellationToken)
    {
        var measurements = subjects.ToDictionary(subject => subject, MeasurementOf);
        var measured = new Dictionary<ProofSubject, AllocatedResult>();
        foreach (var (subject, measurement) in measurements)
        {
            await measurement.PrepareAsync(cancellationToken);
            measured[subject] = await measurement.RunAsync(cancellationToken);
        }
        var again = MeasurementOf(subjects.Single(subject => subject.Target.Variant == CaseVariant.Fixed));
        var reference = await again.RunAsync(cancellationToken);
        for (var round = 1; round < MaxRounds && Undecided() is { Count: > 0 } undecided; round++)
        {
            foreach (var subject in undecided)
                measured[subject] = await measurements[subject].RunAsync(cancellationToken);
            reference = await again.RunAsync(cancellationToken);
        }
        return [.. subjects.Select(subject => Judge(subject, measured[subject], reference))];

        List<ProofSubject> Undecided() =>
        [
            .. subjects.Where(subject
                => (measured[subject].BytesPerOperation - reference.BytesPerOperation).Against(evidence.Threshold) == Finding.Inconclusive),
        ];
    }

    private AllocatedMeasurement MeasurementOf(ProofSubject subject)
        => new(subject.Target.Probe, subject.Feed, window, step => report(subject.Target.Name, step));

    private VariantResult Judge(ProofSubject subject, AllocatedResult allocated, AllocatedResult reference)
    {
        var isFixed = subject.Target.Variant == CaseVariant.Fixed;
        var isLeaky = subject.Target.Variant == CaseVariant.Leaky;
        var excess = allocated.BytesPerOperation - reference.BytesPerOperation;
        return new VariantResult(subject.Target.Name, excess, excess.Against(evidence.Threshold), isFixed ? Finding.Flat : Finding.Grows)
        {
            AgreesWithCatalogue = !isLeaky || evidence.Agrees(excess.Estimate),
            Details = new Dictionary<string, string>
            {
                ["bytes per operation"] = allocated.BytesPerOperation.Estimate.ToString("N0", CultureInfo.InvariantCulture),
                ["Gen2 per 1,000"] = allocated.Gen2Per1000.ToString("0.0", CultureInfo.InvariantCulture),
                ["pause per 1,000 (ms)"] = allocated.PausePer1000.ToString("0.0", CultureInfo.InvariantCulture),
            },
            Series = allocated.Windows,
        };
    }
}
