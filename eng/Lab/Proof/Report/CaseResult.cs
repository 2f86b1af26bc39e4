using Shop.Lab.Proof.Defects;
using Shop.Lab.Proof.Measuring;
using Shop.ServiceDefaults.Cases;

namespace Shop.Lab.Proof.Report;

/// <summary>A case, proven or not.</summary>
/// <param name="Study">The case.</param>
/// <param name="Variants">Its variants and the control.</param>
/// <param name="Time">
/// Leaky's time over Fixed's, reported beside the article's; it never decides whether the case is proven. Null where operations are
/// not alike.
/// </param>
/// <param name="Defects">The tests that show the published fix's defects.</param>
/// <param name="Seconds">How long the proof took.</param>
/// <param name="Measured">When it ended.</param>
internal sealed record CaseResult(
    CaseStudy Study, IReadOnlyList<VariantResult> Variants, TimeComparison? Time, IReadOnlyList<DefectTest> Defects, double Seconds,
    DateTimeOffset Measured)
{
    /// <summary>Whether every variant did as the catalogue says, and the published fix, if there is one, has shown its defects.</summary>
    public bool IsProven => Variants.All(variant => variant.IsAsCatalogued) && HasShownDefects;

    /// <summary>Whether the tests of the published fix's defects ran, and all of them passed.</summary>
    public bool HasShownDefects => Study.PublishedFix == PublishedFix.None || (Defects.Count > 0 && Defects.All(test => test.HasPassed));

    /// <summary>What the interval of a value is: of few kills or rounds, it is all that was measured.</summary>
    public string IntervalName => Study.Evidence is Loss or Setting ? "lowest to highest" : "95 % interval";

    /// <summary>
    /// What this run says: of the article's claim, of the variants without growth or loss, and of the published fix's defects.
    /// </summary>
    public string Verdict => $"{Growth}{Published}";

    private string Growth => Variants.Any(variant => variant.Finding == Finding.Inconclusive) ? "inconclusive"
        : !Variants.All(variant => variant.IsAsCatalogued) ? "not as catalogued"
        : Study.Evidence is Setting ? "measured"
        : $"{Claim}; {string.Join(" and ", FlatVariants)} {(Study.Evidence is Loss ? "loses nothing" : "bounded")}";

    private string Claim
        => !Study.Article.IsSlow || Time is { IsDifference: true, Ratio.Estimate: > 1 } ? "confirmed" : "confirmed, but not slower";

    private IEnumerable<string> FlatVariants
        => Variants.Where(variant => variant.Finding == Finding.Flat).Select(variant => variant.Name).Where(IsVariant);

    private static bool IsVariant(string name) => CaseVariants.Parse(name) is not null;

    private string Published => Study.PublishedFix == PublishedFix.None ? ""
        : Defects.Count == 0 ? "; no test of the published fix ran"
        : $"; {Defects.Count(test => test.HasPassed)} of {Defects.Count} defects of the published fix shown";
}
