using System.Globalization;
using Shop.Lab.Proof.Measuring;
using Shop.Lab.Proof.Report;

namespace Shop.Lab.Proof.Kinds;

/// <summary>Measures a service in each environment of the matrix, one after another, and judges nothing.</summary>
internal sealed class SettingProof(int window, Action<string, double> report) : IKindProof
{
    public async Task<IReadOnlyList<VariantResult>> RunAsync(IReadOnlyList<ProofSubject> subjects, CancellationToken cancellationToken)
    {
        var results = new List<VariantResult>();
        foreach (var subject in subjects)
            results.Add(await MeasureAsync(subject, cancellationToken));
        return results;
    }

    private async Task<VariantResult> MeasureAsync(ProofSubject subject, CancellationToken cancellationToken)
    {
        var probe = subject.Target.Probe;
        var measurement = new AllocatedMeasurement(probe, subject.Feed, window, progress => report(subject.Target.Name, progress));
        await measurement.PrepareAsync(cancellationToken);
        var allocated = await measurement.RunAsync(cancellationToken);
        var process = await probe.ReadProcessAsync(cancellationToken);
        double live = await probe.ReadLiveBytesAsync(cancellationToken);
        return new VariantResult(subject.Target.Name, new Interval(live, live, live), Finding.Measured, Finding.Measured)
        {
            Details = new Dictionary<string, string>
            {
                ["working set"] = ProofTable.Number(process.WorkingSetBytes),
                ["bytes allocated per operation"] = ProofTable.Number(allocated.BytesPerOperation.Estimate),
                ["Gen2 per 1,000"] = allocated.Gen2Per1000.ToString("0.0", CultureInfo.InvariantCulture),
                ["pause per 1,000 (ms)"] = allocated.PausePer1000.ToString("0.0", CultureInfo.InvariantCulture),
            },
        };
    }
}
