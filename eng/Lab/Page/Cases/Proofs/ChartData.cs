using System.Globalization;
using Shop.Lab.Proof.Report;
using Shop.ServiceDefaults.Cases;

namespace Shop.Lab.Page.Cases.Proofs;

/// <summary>The values of a proof's chart as a table, which is its text alternative.</summary>
internal sealed class ChartData
{
    private readonly ChartAxes _axes;
    private readonly IReadOnlyList<ProvenVariant> _variants;

    public ChartData(CaseStudy study, ProvenCase proven)
    {
        _axes = ChartAxes.Of(study.Evidence);
        _variants = [.. proven.Variants.Where(variant => variant.Series.Count > 1)];
    }

    /// <summary>What the chart shows.</summary>
    public string Description => $"{_axes.Vertical} over {_axes.Horizontal}: {string.Join("; ", _variants.Select(Describe))}";

    /// <summary>The headings of the columns.</summary>
    public IReadOnlyList<string> Columns => [_axes.Horizontal, .. _variants.Select(variant => $"{variant.Name}: {_axes.Vertical}")];

    /// <summary>The cells of each row; empty where a variant has no value.</summary>
    public IEnumerable<IReadOnlyList<string>> Rows
        => _variants.SelectMany(variant => variant.Series.Select(point => point[0])).Distinct().Order()
            .Select(x => (IReadOnlyList<string>)[Number(x), .. _variants.Select(variant => ValueAt(variant, x))]);

    private string Describe(ProvenVariant variant)
        => $"{variant.Name} from {Number(Shown(variant, variant.Series[0]))} to {Number(Shown(variant, variant.Series[^1]))}";

    private string ValueAt(ProvenVariant variant, double x)
        => variant.Series.FirstOrDefault(point => point[0] == x) is { } point ? Number(Shown(variant, point)) : "";

    // As the chart draws it.
    private double Shown(ProvenVariant variant, double[] point)
        => (point[1] - (_axes.FromStart ? variant.Series[0][1] : 0)) / _axes.Divisor;

    private static string Number(double value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
