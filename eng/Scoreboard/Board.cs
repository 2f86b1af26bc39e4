using System.Globalization;
using System.Text;
using Shop.Analyzers;
using Shop.Lab;

namespace Shop.Scoreboard;

/// <summary>For each case, the rules that find something in its variants.</summary>
internal sealed class Board(IReadOnlyList<Finding> findings)
{
    /// <summary>Lines that are no more than this below a DEFECT comment belong to it.</summary>
    private const int Near = 2;

    private static readonly Lazy<Board> _ours = new(() => new(
        [.. ShopSources.Compile().SelectMany(compilation => Analysis.Run(compilation, [new LeakAnalyzer()], Repository.Folder))
            .Select(Finding.Of)]));

    /// <summary>What the Shop's own rules find; read once.</summary>
    public static Board Ours => _ours.Value;

    public IReadOnlyList<Finding> Findings => findings;

    /// <summary>The ids of the rules that find something in a variant.</summary>
    public IReadOnlyList<string> RulesIn(Variant variant)
        => [.. findings.Where(finding => finding.Path == variant.Path).Select(finding => finding.Rule).Distinct()
            .Order(StringComparer.Ordinal)];

    /// <summary>The defects of a Published variant at whose statement something is found.</summary>
    public int DefectsFoundIn(Variant variant) => variant.Defects.Count(defect => variant.StatementBelow(defect) is var line
        && findings.Any(finding => finding.Path == variant.Path && finding.Line <= line + Near && finding.LastLine >= line));

    /// <summary>The table of the cases, with a sum.</summary>
    /// <param name="all">Also the cases in which nothing is found.</param>
    public string ToMarkdown(bool all = true)
    {
        var table = new StringBuilder("| case | Leaky | Published | defects found | Fixed |\n| --- | --- | --- | --- | --- |\n");
        foreach (var @case in Variant.All.GroupBy(variant => variant.Case).OrderBy(@case => @case.Key, StringComparer.Ordinal))
        {
            if (!all && @case.All(variant => RulesIn(variant).Count == 0))
                continue;
            var published = @case.SingleOrDefault(variant => variant.Name == Variant.Published);
            var defects = published is null ? "" : $"{DefectsFoundIn(published)} of {published.Defects.Count}";
            table.AppendLine(CultureInfo.InvariantCulture,
                $"| {@case.Key} | {Cell(@case, Variant.Leaky)} | {Cell(@case, Variant.Published)} | {defects} "
                + $"| {Cell(@case, Variant.Fixed)} |");
        }
        var fixes = Variant.All.Where(variant => variant.Name == Variant.Published).ToList();
        table.AppendLine(CultureInfo.InvariantCulture, $"| **sum** | {Sum(Variant.Leaky)} | {Sum(Variant.Published)} | "
            + $"{fixes.Sum(DefectsFoundIn)} of {fixes.Sum(variant => variant.Defects.Count)} | {Sum(Variant.Fixed)} |");
        return table.ToString().ReplaceLineEndings("\n");
    }

    /// <summary>How many of a kind of variant have a finding.</summary>
    public string Sum(string name)
        => $"{Variant.All.Count(variant => variant.Name == name && RulesIn(variant).Count > 0)} of "
            + $"{Variant.All.Count(variant => variant.Name == name)}";

    private string Cell(IEnumerable<Variant> @case, string name)
        => @case.SingleOrDefault(variant => variant.Name == name) is { } variant
            ? RulesIn(variant) is { Count: > 0 } rules ? string.Join(", ", rules) : "–"
            : "";
}
