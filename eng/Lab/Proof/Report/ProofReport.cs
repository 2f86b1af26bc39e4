using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Shop.Lab.Cases;

namespace Shop.Lab.Proof.Report;

/// <summary>The report: Markdown with a chart for each case, and the same as JSON.</summary>
internal static class ProofReport
{
    public const string FileName = "README.md";
    public const string JsonName = "proof.json";
    private static readonly JsonSerializerOptions JsonOptions =
        new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    public static async Task WriteAsync(string folder, IReadOnlyList<CaseResult> results, CancellationToken cancellationToken)
    {
        try
        {
            Directory.CreateDirectory(folder);
            foreach (var result in results)
            {
                if (ProofChart.Draw(result) is { } chart)
                    await File.WriteAllTextAsync(Path.Combine(folder, ChartOf(result)), chart, cancellationToken);
            }
            await File.WriteAllTextAsync(Path.Combine(folder, FileName), Markdown(results), cancellationToken);
            await File.WriteAllTextAsync(Path.Combine(folder, JsonName), Json(results), cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new LabException($"The report cannot be written to {folder}: {exception.Message}");
        }
    }

    /// <summary>A row per claim: the article's, ours, the verdict.</summary>
    public static string Summary(IEnumerable<CaseResult> results)
    {
        var text = new StringBuilder("| case | the article | measured | verdict |\n|---|---|---|---|\n");
        foreach (var result in results)
        {
            var article = result.Study.Article;
            text.Append(CultureInfo.InvariantCulture,
                $"| {result.Study.Id} | {article.Citation}: {article.Claim} | {Measured(result)} | {result.Verdict} |\n");
        }
        return text.ToString();
    }

    private static string Markdown(IReadOnlyList<CaseResult> results)
    {
        var text = new StringBuilder("# Proof of the cases\n\n");
        text.Append(CultureInfo.InvariantCulture,
            $"Made by `dotnet run --project eng/Lab -- prove {Names(results)}` on "
            + $"{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription}, {Environment.ProcessorCount} cores. ");
        text.Append("Values are net of the control, with their 95 % interval; of a Loss or a Setting it is the least and the highest of ");
        text.Append("all values. The services of Retained cases run under ");
        text.Append("`DOTNET_GCHighMemPercent=1`, so that each full collection empties the array pools.\n\n");
        text.Append(Summary(results));
        foreach (var result in results)
            Append(text, result);
        return text.ToString();
    }

    private static void Append(StringBuilder text, CaseResult result)
    {
        var evidence = result.Study.Evidence;
        text.Append(CultureInfo.InvariantCulture, $"\n## {result.Study.Id}\n\n");
        if (result.Variants.Any(variant => variant.Series.Count > 1))
            text.Append(CultureInfo.InvariantCulture, $"![{result.Study.Id}]({ChartOf(result)})\n\n");
        AppendRow(text, "variant", evidence.Unit, result.IntervalName, "finding", "details");
        AppendRow(text, "---", "---", "---", "---", "---");
        foreach (var variant in result.Variants)
        {
            var finding = ProofTable.FindingOf(result, variant);
            AppendRow(text, variant.Name, ProofTable.Number(variant.Value.Estimate), ProofTable.Range(variant.Value),
                variant.IsAsCatalogued ? finding : $"**{finding}**", ProofTable.Details(variant));
        }
        text.Append(CultureInfo.InvariantCulture, $"\n{ProofTable.Notes(result)} {ProofTable.Took(result.Seconds, result.Measured)}\n");
        if (result.Defects.Count > 0)
            text.Append("\nDefects of the published fix, each shown by a test of this run that Published fails and Fixed passes:\n\n");
        foreach (var test in result.Defects)
            text.Append(CultureInfo.InvariantCulture, $"- {test.Name}{(test.HasPassed ? "" : ": **not shown**")}\n");
    }

    private static void AppendRow(StringBuilder text, params string[] cells) => text.Append($"| {string.Join(" | ", cells)} |\n");

    private static string ChartOf(CaseResult result) => $"{result.Study.Id}.svg";

    private static string Names(IReadOnlyList<CaseResult> results)
        => results.Count == CaseStudies.All.Count ? "all" : string.Join(' ', results.Select(result => result.Study.Id));

    private static string Measured(CaseResult result)
        => $"{string.Join("; ", result.Variants.Select(Measured))} {result.Study.Evidence.Unit}"
            + (result is { Study.Article.IsSlow: true, Time: { } time }
                ? string.Create(CultureInfo.InvariantCulture, $"; time Leaky over Fixed {time.Ratio.Estimate:0.00}")
                : "");

    private static string Measured(VariantResult variant)
        => $"{variant.Name} {ProofTable.Number(variant.Value.Estimate)} ({ProofTable.Range(variant.Value)})";

    // One line per case: indented, the series alone would take hundreds of lines.
    private static string Json(IEnumerable<CaseResult> results)
        => $"[\n{string.Join(",\n", results.Select(result => JsonSerializer.Serialize(View(result), JsonOptions)))}\n]\n";

    private static object View(CaseResult result) => new
    {
        Case = result.Study.Id,
        result.Study.Evidence.Kind,
        Claim = result.Study.Article,
        result.Verdict,
        result.IsProven,
        result.Study.Evidence.Unit,
        Catalogue = result.Study.Evidence.Expected,
        Threshold = double.IsFinite(result.Study.Evidence.Threshold) ? result.Study.Evidence.Threshold : (double?)null,
        result.Seconds,
        result.Measured,
        result.Time,
        result.Defects,
        Variants = result.Variants.Select(variant => new
        {
            variant.Name,
            variant.Value,
            variant.Finding,
            variant.Expected,
            variant.AgreesWithCatalogue,
            variant.Details,
            Roots = variant.Roots?.Found,
            Series = variant.Series.Select(point => new[] { point.X, point.Y }),
        }),
    };
}
