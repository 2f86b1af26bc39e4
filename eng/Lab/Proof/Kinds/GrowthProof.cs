using System.Globalization;
using Shop.Lab.Proof.Feeds;
using Shop.Lab.Proof.Measuring;
using Shop.Lab.Proof.Report;
using Shop.Lab.Proof.Running;
using Shop.ServiceDefaults.Cases;

namespace Shop.Lab.Proof.Kinds;

/// <summary>
/// Retained and Handles: under Leaky the reading must grow with each operation, under Published, Fixed and the traffic without the case it
/// must not. A leak of memory counts as detected only if the instances of its tracked types grow too.
/// </summary>
internal sealed class GrowthProof(
    CaseEvidence evidence, int window, int warmUp, Func<IProofTarget, IGrowthReading> readingOf, Action<string, ProofStep> report)
    : IKindProof
{
    // Of a type that Fixed releases, a few instances more than before may be in caches and pools.
    private const double MaxReleasedInstances = 0.05;

    public async Task<IReadOnlyList<VariantResult>> RunAsync(IReadOnlyList<ProofSubject> subjects, CancellationToken cancellationToken)
    {
        var measured = await Task.WhenAll(subjects.Select(async subject =>
            (subject.Target, Growth: await MeasureAsync(subject, cancellationToken))));
        RequireFound(measured.Select(result => result.Growth));
        var control = measured.Single(result => result.Target.Variant == CaseVariant.Fixed).Growth.Control;
        return
        [
            .. measured.Select(result => Judge(result.Target, result.Growth)),
            new VariantResult("Control", control, control.Against(evidence.Threshold), Finding.Flat),
        ];
    }

    private Task<GrowthResult> MeasureAsync(ProofSubject subject, CancellationToken cancellationToken)
        => new GrowthMeasurement(
            evidence.Threshold, readingOf(subject.Target), subject.Feed, window, warmUp, step => report(subject.Target.Name, step))
            .RunAsync(cancellationToken);

    // A type that was renamed or is never created would count as one that is always released.
    private static void RequireFound(IEnumerable<GrowthResult> measured)
    {
        var types = measured.SelectMany(growth => growth.After).GroupBy(type => type.Key, type => type.Value);
        if (types.FirstOrDefault(counts => counts.All(count => count == 0)) is { } missing)
            throw new LabException($"No variant has an instance of the tracked type {missing.Key} on its heap.");
    }

    private VariantResult Judge(IProofTarget target, GrowthResult growth)
    {
        var isLeaky = target.Variant == CaseVariant.Leaky;
        var instances = growth.After.Keys.ToDictionary(type => type, growth.InstancesPerOperation);
        var details = instances.ToDictionary(
            type => $"{ShortName(type.Key)} per operation",
            type => (Math.Round(type.Value, 2) + 0.0).ToString("0.00", CultureInfo.InvariantCulture));
        details["operations"] = growth.Operations.ToString(CultureInfo.InvariantCulture);
        var finding = FindingOf(growth, instances.Values, isLeaky);
        return new VariantResult(target.Name, growth.Operation, finding, isLeaky ? Finding.Grows : Finding.Flat)
        {
            AgreesWithCatalogue = !isLeaky || evidence.Agrees(growth.Operation.Estimate),
            Details = details,
            Series = growth.Series,
        };
    }

    private Finding FindingOf(GrowthResult growth, IReadOnlyCollection<double> instances, bool isLeaky)
        => growth.Operation.Against(evidence.Threshold) switch
        {
            // Bytes that grow without the tracked types are something else's.
            Finding.Grows when isLeaky && instances.Any(perOperation => perOperation <= MaxReleasedInstances) => Finding.Inconclusive,
            // Other bytes may be released at the same time.
            Finding.Flat when instances.Any(perOperation => perOperation > MaxReleasedInstances) => Finding.Grows,
            var finding => finding,
        };

    private static string ShortName(string type) => type[(type.LastIndexOfAny(['.', '+']) + 1)..];
}
