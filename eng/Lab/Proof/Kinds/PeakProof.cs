using Shop.Lab.Proof.Feeds;
using Shop.Lab.Proof.Measuring;
using Shop.Lab.Proof.Report;
using Shop.ServiceDefaults.Cases;

namespace Shop.Lab.Proof.Kinds;

/// <summary>Under Leaky, the peak of one operation must grow with the size of the data; under Published and Fixed it must not.</summary>
internal sealed class PeakProof(Peak evidence, int rows, Action<string, ProofStep> report) : IKindProof
{
    // One after another: a peak needs collections while the operation runs, and both need the CPU.
    public async Task<IReadOnlyList<VariantResult>> RunAsync(IReadOnlyList<ProofSubject> subjects, CancellationToken cancellationToken)
    {
        var results = new List<VariantResult>();
        foreach (var subject in subjects)
        {
            var measurement = new PeakMeasurement(
                subject.Target.Probe, subject.Feed, rows, step => report(subject.Target.Name, step));
            results.Add(Judge(subject, await measurement.RunAsync(cancellationToken)));
        }
        return results;
    }

    private VariantResult Judge(ProofSubject subject, PeakResult peak)
    {
        var isLeaky = subject.Target.Variant == CaseVariant.Leaky;
        var finding = peak.BytesPerRow.Against(evidence.Threshold);
        return new VariantResult(subject.Target.Name, peak.BytesPerRow, finding, isLeaky ? Finding.Grows : Finding.Flat)
        {
            AgreesWithCatalogue = !isLeaky || evidence.Agrees(peak.BytesPerRow.Estimate),
            Details = peak.Peaks.ToDictionary(
                point => $"peak bytes at {ProofTable.Number(point.X)} rows", point => ProofTable.Number(point.Y)),
            Series = peak.Peaks,
        };
    }
}
