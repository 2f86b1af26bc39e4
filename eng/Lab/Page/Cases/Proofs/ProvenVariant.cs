using Shop.Lab.Proof.Measuring;

namespace Shop.Lab.Page.Cases.Proofs;

/// <summary>A variant in a report.</summary>
/// <param name="Name">The variant, the control, or a setting.</param>
/// <param name="Value">The measured value.</param>
/// <param name="Finding">What it says against the threshold.</param>
/// <param name="Expected">What the catalogue says.</param>
/// <param name="AgreesWithCatalogue">Whether the value is near the catalogue's.</param>
/// <param name="Details">What else was measured.</param>
/// <param name="Roots">What the diagnosis called a leak; null if nothing was diagnosed.</param>
/// <param name="Series">The points of the chart.</param>
internal sealed record ProvenVariant(
    string Name, Interval Value, Finding Finding, Finding Expected, bool AgreesWithCatalogue,
    IReadOnlyDictionary<string, string> Details, IReadOnlyList<string>? Roots, IReadOnlyList<double[]> Series)
{
    /// <summary>The finding, and whether it is the catalogue's.</summary>
    public string FindingText => Finding != Expected ? $"{Finding}, not {Expected}"
        : AgreesWithCatalogue ? $"{Finding}"
        : $"{Finding}, but not by the catalogued value";

    /// <summary>The named roots, in words.</summary>
    public string RootText => Roots is null ? "not diagnosed" : Roots.Count == 0 ? "no leak named" : string.Join("; ", Roots);
}
