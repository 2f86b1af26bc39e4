using System.Globalization;
using Shop.Lab.Proof.Feeds;
using Shop.Lab.Proof.Measuring;
using Shop.Lab.Proof.Report;
using Shop.Lab.Proof.Running;
using Shop.ServiceDefaults.Cases;

namespace Shop.Lab.Proof;

/// <summary>Leaky must allocate more than Fixed; Fixed, measured twice, must not differ from itself.</summary>
internal sealed class AllocatedProof(Allocated evidence, CaseFeeding feeding, Action<CaseVariant, double> report) : IKindProof
{
    public async Task<IReadOnlyList<VariantResult>> RunAsync(ProofTargets targets, CancellationToken cancellationToken)
    {
        var measured = new Dictionary<CaseVariant, AllocatedResult>();
        foreach (var (target, feed) in targets.All)
        {
            var measurement = new AllocatedMeasurement(target, feed, feeding.Window, progress => report(target.Variant, progress));
            await measurement.PrepareAsync(cancellationToken);
            measured[target.Variant] = await measurement.RunAsync(cancellationToken);
        }
        var fixedTarget = targets.All.Single(pair => pair.Target.Variant == CaseVariant.Fixed);
        var again = await new AllocatedMeasurement(fixedTarget.Target, fixedTarget.Feed, feeding.Window, progress => report(CaseVariant.Fixed, progress)).RunAsync(cancellationToken);
        return
        [
            .. measured.Where(result => result.Key != CaseVariant.Fixed).Select(result => Judge(result.Key.Name(), result.Value, again, Finding.Grows)),
            Judge(CaseVariant.Fixed.Name(), measured[CaseVariant.Fixed], again, Finding.Flat),
        ];
    }

    private VariantResult Judge(string name, AllocatedResult allocated, AllocatedResult reference, Finding expected)
    {
        var excess = allocated.BytesPerOperation - reference.BytesPerOperation;
        return new VariantResult(name, excess, excess.Against(evidence.Threshold), expected, new Dictionary<string, string>
        {
            ["bytes per operation"] = allocated.BytesPerOperation.Estimate.ToString("N0", CultureInfo.InvariantCulture),
            ["Gen2 per 1,000"] = allocated.Gen2Per1000.ToString("0.0", CultureInfo.InvariantCulture),
            ["pause per 1,000 (ms)"] = allocated.PausePer1000.ToString("0.0", CultureInfo.InvariantCulture),
        }, allocated.Windows);
    }
}
