using System.Globalization;
using Shop.ServiceDefaults.Cases;

namespace Shop.Lab.Cases;

/// <summary>The facts of cases as Markdown tables.</summary>
internal static class CaseMarkdown
{
    /// <summary>One row for each case, with a link to its folder.</summary>
    public static string Table(IEnumerable<CaseStudy> studies)
        => Row("case", "service", "kind", "seen in production") + Row("---", "---", "---", "---")
            + string.Concat(studies.Select(study => Row(
                $"[{study.Id}]({CaseStudies.FolderOf(study)}/README.md)", study.Service, study.Evidence.Kind, study.Summary)));

    /// <summary>The facts of one case.</summary>
    public static string Facts(CaseStudy study)
        => Row("case", study.Id) + Row("---", "---")
            + Row("service", study.Service)
            + Row("fed by", study.FedBy)
            + (study.Evidence is Setting setting
                ? Row("settings", string.Join(", ", setting.Environments.Select(environment => environment.Name)))
                : Row("variants", string.Join(", ", study.Variants.Select(CaseVariants.Name))))
            + Row("kind", $"{study.Evidence.Kind}: {Evidence(study.Evidence)}{(study.Evidence.Expected is null ? "" : " under Leaky")}")
            + (study.RetentionPath is { } path ? Row("retention path", $"`{path}`") : "")
            + Row("article", study.Article.Citation)
            + Row("its claim", study.Article.Claim);

    /// <summary>The catalogued value with its unit; the unit alone if the kind has no verdict.</summary>
    public static string Evidence(CaseEvidence evidence)
        => string.Create(CultureInfo.InvariantCulture, $"{evidence.Expected:#,0.##} {evidence.Unit}").TrimStart();

    private static string Row(params string[] cells)
        => $"| {string.Join(" | ", cells.Select(cell => cell.Replace("|", @"\|", StringComparison.Ordinal)))} |\n";
}
