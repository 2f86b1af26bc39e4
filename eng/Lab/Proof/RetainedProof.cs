using System.Globalization;
using Shop.Lab.Proof.Feeds;
using Shop.Lab.Proof.Measuring;
using Shop.Lab.Proof.Report;
using Shop.Lab.Proof.Running;
using Shop.ServiceDefaults.Cases;

namespace Shop.Lab.Proof;

/// <summary>Leaky must grow with its operations; Published, Fixed and the traffic without the case must not.</summary>
internal sealed class RetainedProof(CaseStudy study, CaseFeeding feeding, Action<CaseVariant, double> report) : IKindProof
{
    // Of a type that Fixed releases, a few instances more than before may be in caches and pools.
    private const double MaxReleasedInstances = 0.05;

    /// <summary>Bytes per operation from which on growth counts: 5 % of what Leaky leaves, but no less than the noise of a service that leaks nothing.</summary>
    public double Threshold => Math.Max(8, study.Evidence.BytesPerOperation * 0.05);

    public async Task<IReadOnlyList<VariantResult>> RunAsync(ProofTargets targets, CancellationToken cancellationToken)
    {
        var measured = await Task.WhenAll(targets.All.Select(async pair => (pair.Target.Variant, Retained: await MeasureAsync(pair.Target, pair.Feed, cancellationToken))));
        var control = measured.Single(result => result.Variant == CaseVariant.Fixed).Retained.Control;
        return
        [
            .. measured.Select(result => Judge(result.Variant, result.Retained)),
            new VariantResult("Control", control, control.Against(Threshold), Finding.Flat, new Dictionary<string, string>(), []),
        ];
    }

    private Task<Retained> MeasureAsync(ProofTarget target, ICaseFeed feed, CancellationToken cancellationToken)
        => new RetainedMeasurement(Threshold, study.Evidence.TrackedTypes, target, feed, feeding.Window, feeding.Capacity + feeding.Window ?? 0, progress => report(target.Variant, progress)).RunAsync(cancellationToken);

    private VariantResult Judge(CaseVariant variant, Retained retained)
    {
        var finding = retained.Operation.Against(Threshold);
        // Other bytes may be released at the same time; growing instances of a tracked type still count as growth.
        if (finding == Finding.Flat && retained.Instances.Values.Any(perOperation => perOperation > MaxReleasedInstances))
            finding = Finding.Grows;
        var details = retained.Instances.ToDictionary(type => $"{ShortName(type.Key)} per operation", type => (Math.Round(type.Value, 2) + 0.0).ToString("0.00", CultureInfo.InvariantCulture));
        details["operations per window"] = retained.Window.ToString(CultureInfo.InvariantCulture);
        return new VariantResult(variant.Name(), retained.Operation, finding, variant == CaseVariant.Leaky ? Finding.Grows : Finding.Flat, details, retained.LiveBytes);
    }

    private static string ShortName(string type) => type[(type.LastIndexOfAny(['.', '+']) + 1)..];
}
