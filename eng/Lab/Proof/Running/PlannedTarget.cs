using Shop.ServiceDefaults.Cases;

namespace Shop.Lab.Proof.Running;

/// <summary>
/// What a proof runs its service as: each variant of the case or, for a <see cref="Setting"/>, Fixed in each environment.
/// </summary>
/// <param name="Name">The variant's name or the environment's.</param>
/// <param name="Variant">The variant.</param>
/// <param name="Variables">Further environment variables.</param>
internal sealed record PlannedTarget(string Name, CaseVariant Variant, IReadOnlyDictionary<string, string> Variables)
{
    // Under memory pressure each full collection empties ArrayPool.Shared. Without it the pool's arrays are released when they have not
    // been used for half a minute: a hundred kilobytes less between two readings. Only where live bytes are measured: filling the pool
    // again is an allocation.
    private static readonly Dictionary<string, string> EmptyPools = new() { ["DOTNET_GCHighMemPercent"] = "1" };

    /// <summary>All that the proof of a case runs.</summary>
    public static IReadOnlyList<PlannedTarget> Of(CaseStudy study) => study.Evidence is Setting setting
        ? [.. setting.Environments.Select(environment => new PlannedTarget(environment.Name, CaseVariant.Fixed, environment.Variables))]
        : [.. study.Variants.Select(variant => new PlannedTarget(variant.Name(), variant, study.Evidence is Retained ? EmptyPools : []))];
}
