using Shop.Lab.Proof.Measuring;

namespace Shop.Lab.Proof.Report;

/// <summary>One variant of a case, measured.</summary>
/// <param name="Name">The variant, or what stands in its place: the control, a setting.</param>
/// <param name="Value">The measured value, in the unit of the case's evidence.</param>
/// <param name="Finding">What the value says against the threshold.</param>
/// <param name="Expected">What the catalogue says of the variant.</param>
internal sealed record VariantResult(string Name, Interval Value, Finding Finding, Finding Expected)
{
    /// <summary>Whether the value is near the catalogue's, where it has one.</summary>
    public bool AgreesWithCatalogue { get; init; } = true;

    /// <summary>What the diagnosis called a leak; null if nothing was diagnosed.</summary>
    public NamedRoots? Roots { get; init; }

    /// <summary>What else was measured, as name and value.</summary>
    public IReadOnlyDictionary<string, string> Details { get; init; } = new Dictionary<string, string>();

    /// <summary>The points of the chart.</summary>
    public IReadOnlyList<(double X, double Y)> Series { get; init; } = [];

    public bool IsAsCatalogued => Finding == Expected && AgreesWithCatalogue && Roots?.AreAsExpected != false;
}
