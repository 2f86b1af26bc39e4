using System.Globalization;
using Shop.Lab.Proof.Feeds;
using Shop.Lab.Proof.Measuring;
using Shop.Lab.Proof.Report;
using Shop.ServiceDefaults.Cases;

namespace Shop.Lab.Proof.Kinds;

/// <summary>Leaky must allocate more than Fixed; Fixed, measured twice, must not differ from itself.</summary>
internal sealed class AllocatedProof(Allocated evidence, int window, Action<string, double> report) : IKindProof
{
    public async Task<IReadOnlyList<VariantResult>> RunAsync(IReadOnlyList<ProofSubject> subjects, CancellationToken cancellationToken)
    {
        var measured = new List<(ProofSubject Subject, AllocatedResult Allocated)>();
        foreach (var subject in subjects)
        {
            var measurement = MeasurementOf(subject);
            await measurement.PrepareAsync(cancellationToken);
            measured.Add((subject, await measurement.RunAsync(cancellationToken)));
        }
        var reference = subjects.Single(subject => subject.Target.Variant == CaseVariant.Fixed);
        var again = await MeasurementOf(reference).RunAsync(cancellationToken);
        return [.. measured.Select(result => Judge(result.Subject, result.Allocated, again))];
    }

    private AllocatedMeasurement MeasurementOf(ProofSubject subject)
        => new(subject.Target.Probe, subject.Feed, window, progress => report(subject.Target.Name, progress));

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
