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
    private static readonly JsonSerializerOptions JsonOptions =
        new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    public static async Task WriteAsync(string folder, IReadOnlyList<CaseResult> results, CancellationToken cancellationToken)
    {
        try
        {
            Directory.CreateDirectory(folder);
            foreach (var result in results)
                await File.WriteAllTextAsync(Path.Combine(folder, $"{result.Study.Id}.svg"), ProofChart.Draw(result), cancellationToken);
            await File.WriteAllTextAsync(Path.Combine(folder, FileName), Markdown(results), cancellationToken);
            await File.WriteAllTextAsync(Path.Combine(folder, "proof.json"), Json(results), cancellationToken);
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
        text.Append(CultureInfo.InvariantCulture, $"Made by `dotnet run --project eng/Lab -- prove {Names(results)}` on {RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription}, {Environment.ProcessorCount} cores. Bytes are net, per operation, with their 95 % interval.\n\n");
        text.Append(Summary(results));
        foreach (var result in results)
            Append(text, result);
        return text.ToString();
    }

    private static void Append(StringBuilder text, CaseResult result)
    {
        text.Append(CultureInfo.InvariantCulture, $"\n## {result.Study.Id}\n\n{result.Study.Symptom}\n\n![{result.Study.Id}]({result.Study.Id}.svg)\n\n");
        text.Append("| variant | bytes per operation | 95 % interval | finding | details |\n|---|---|---|---|---|\n");
        foreach (var variant in result.Variants)
            text.Append(CultureInfo.InvariantCulture, $"| {variant.Name} | {ProofTable.Bytes(variant.Value.Estimate)} | {ProofTable.Range(variant.Value)} | {(variant.IsAsCatalogued ? "" : "**not as catalogued:** ")}{variant.Finding} | {ProofTable.Details(variant)} |\n");
        text.Append(CultureInfo.InvariantCulture, $"\nFlat is below {ProofTable.Bytes(result.Study.Evidence.Threshold)} B per operation. ");
        text.Append(CultureInfo.InvariantCulture, $"{ProofTable.Time(result.Time)} The proof took {result.Seconds:0} s.\n");
        if (result.Study.PublishedDefect is { } defect)
            text.Append(CultureInfo.InvariantCulture, $"\nThe published fix: {defect}\n");
    }

    private static string Names(IReadOnlyList<CaseResult> results)
        => results.Count == CaseStudies.All.Count ? "all" : string.Join(' ', results.Select(result => result.Study.Id));

    private static string Measured(CaseResult result)
        => string.Join("; ", result.Variants.Select(variant => $"{variant.Name} {ProofTable.Bytes(variant.Value.Estimate)} B ({ProofTable.Range(variant.Value)})"))
            + (result.Study.Article.IsSlow
                ? string.Create(CultureInfo.InvariantCulture, $"; time Leaky over Fixed {result.Time.Ratio.Estimate:0.00}")
                : "");

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
        result.Study.Evidence.Threshold,
        result.Seconds,
        result.Time,
        Variants = result.Variants.Select(variant => new { variant.Name, variant.Value, variant.Finding, variant.Expected, variant.Details, Series = variant.Series.Select(point => new[] { point.X, point.Y }) }),
    };
}
