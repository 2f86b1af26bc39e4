using Shop.Lab.Proof.Measuring;
using Shop.ServiceDefaults.Cases;

namespace Shop.Lab.Proof.Report;

/// <summary>One variant of a case, measured.</summary>
/// <param name="Name">The variant, or what stands in its place: the control.</param>
/// <param name="Value">Bytes per operation, net: retained ones for Retained, those beyond Fixed's for Allocated.</param>
/// <param name="Finding">What the value says against the threshold.</param>
/// <param name="Expected">What the catalogue says of the variant.</param>
/// <param name="Details">What else was measured, as name and value.</param>
/// <param name="Series">Operations and bytes, for the chart.</param>
internal sealed record VariantResult(string Name, Interval Value, Finding Finding, Finding Expected, IReadOnlyDictionary<string, string> Details, IReadOnlyList<(double X, double Y)> Series)
{
    public bool IsAsCatalogued => Finding == Expected;
}

/// <summary>A case, proven or not.</summary>
/// <param name="Study">The case.</param>
/// <param name="Variants">Its variants and the control.</param>
/// <param name="Time">Leaky's time over Fixed's, reported beside the article's; it never decides whether the case is proven.</param>
/// <param name="Seconds">How long the proof took.</param>
internal sealed record CaseResult(CaseStudy Study, IReadOnlyList<VariantResult> Variants, TimeComparison Time, double Seconds)
{
    /// <summary>Whether every variant did as the catalogue says.</summary>
    public bool IsProven => Variants.All(variant => variant.IsAsCatalogued);

    /// <summary>The verdict on the article's claim.</summary>
    public string Verdict => Variants.Any(variant => variant.Finding == Finding.Inconclusive) ? "inconclusive"
        : !IsProven ? "not as catalogued"
        : Study.PublishedDefect is null ? Confirmed : $"{Confirmed}; the published fix is wrong";

    private string Confirmed
        => !Study.Article.IsSlow || Time is { IsDifference: true, Ratio.Estimate: > 1 } ? "confirmed" : "confirmed, but not slower";
}
