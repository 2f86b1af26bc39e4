using System.Globalization;
using Shop.Lab.Proof.Feeds;
using Shop.Lab.Proof.Measuring;
using Shop.Lab.Proof.Report;
using Shop.Lab.Proof.Running;
using Shop.ServiceDefaults.Cases;

namespace Shop.Lab.Proof;

/// <summary>Leaky must grow with its operations; Published, Fixed and the traffic without the case must not.</summary>
internal sealed class RetainedProof(Retained evidence, CaseFeeding feeding, Action<CaseVariant, double> report) : IKindProof
{
    // Of a type that Fixed releases, a few instances more than before may be in caches and pools.
    private const double MaxReleasedInstances = 0.05;

    private readonly string[] _trackedTypes = [.. evidence.TrackedTypes.Select(type => type.FullName!)];

    public async Task<IReadOnlyList<VariantResult>> RunAsync(ProofTargets targets, CancellationToken cancellationToken)
    {
        var measured = await Task.WhenAll(targets.All.Select(async pair => (pair.Target.Variant, Retained: await MeasureAsync(pair.Target, pair.Feed, cancellationToken))));
        var control = measured.Single(result => result.Variant == CaseVariant.Fixed).Retained.Control;
        return
        [
            .. measured.Select(result => Judge(result.Variant, result.Retained)),
            new VariantResult("Control", control, control.Against(evidence.Threshold), Finding.Flat, new Dictionary<string, string>(), []),
        ];
    }

    private Task<RetainedResult> MeasureAsync(ProofTarget target, ICaseFeed feed, CancellationToken cancellationToken)
    {
        var fill = feeding.Capacity > 0 ? feeding.Capacity + feeding.Window : 0;
        return new RetainedMeasurement(
            evidence.Threshold, _trackedTypes, target, feed, feeding.Window, fill, progress => report(target.Variant, progress))
            .RunAsync(cancellationToken);
    }

    private VariantResult Judge(CaseVariant variant, RetainedResult retained)
    {
        var finding = retained.Operation.Against(evidence.Threshold);
        // Other bytes may be released at the same time; growing instances of a tracked type still count as growth.
        if (finding == Finding.Flat && retained.Instances.Values.Any(perOperation => perOperation > MaxReleasedInstances))
            finding = Finding.Grows;
        var details = retained.Instances.ToDictionary(type => $"{ShortName(type.Key)} per operation", type => (Math.Round(type.Value, 2) + 0.0).ToString("0.00", CultureInfo.InvariantCulture));
        details["operations per window"] = retained.Window.ToString(CultureInfo.InvariantCulture);
        return new VariantResult(variant.Name(), retained.Operation, finding, variant == CaseVariant.Leaky ? Finding.Grows : Finding.Flat, details, retained.LiveBytes);
    }

    private static string ShortName(string type) => type[(type.LastIndexOfAny(['.', '+']) + 1)..];
}
