using System.Globalization;

namespace Shop.Lab.Overload;

/// <summary>Shows what the variants did.</summary>
internal static class OverloadTable
{
    private static readonly string[] Columns =
    [
        "variant", "unloaded p99, ms", "offered, 1/s", "answers by status", "accepted p99, ms", "ratio", "one request afterwards",
        "process", "claim",
    ];

    /// <summary>Writes it to the console.</summary>
    public static void Write(IEnumerable<OverloadResult> results, bool markdown)
        => ResultTable.Write(Columns, [.. results.Select(Cells)], markdown);

    /// <summary>The cells of a row.</summary>
    public static string[] Cells(OverloadResult result) =>
    [
        result.Variant,
        Show(result.Unloaded?.TotalMilliseconds, "N0"),
        Show(result.Rate, "N1"),
        $"{result.Answers}",
        Show(result.Answers.P99?.TotalMilliseconds, "N0"),
        Show(result.Ratio, "N1"),
        result.After == Answers.None ? "none" : Show(result.After, "F0"),
        result.ExitCode switch { null => "runs", < 0 => "ended", { } exitCode => Show(exitCode, "F0") },
        result.Holds ? "holds" : "breached",
    ];

    private static string Show(double? number, string format) => number?.ToString(format, CultureInfo.InvariantCulture) ?? "";
}
