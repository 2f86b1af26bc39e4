using Shop.Lab.Proof.Report;

namespace Shop.Tests.Lab.Kinds;

internal static class VariantResults
{
    /// <summary>Each variant's name and finding.</summary>
    public static IEnumerable<string> Findings(this IEnumerable<VariantResult> results)
        => results.Select(result => $"{result.Name} {result.Finding}");
}
