using System.Globalization;

namespace Shop.Lab.Limits;

/// <summary>Shows the matrix.</summary>
internal static class LimitsTable
{
    private const double Megabyte = 1024 * 1024;
    private static readonly string[] Columns
        = ["leak", "heap limit set", "group, MiB", "exit code", "oom_kill", "peak, MiB", "heap limit, MiB", "what the operator sees"];

    /// <summary>Writes it to the console.</summary>
    public static void Write(IEnumerable<string[]> rows, bool markdown) => ResultTable.Write(Columns, rows, markdown);

    /// <summary>The cells of a row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="limit">The group's limit, in bytes.</param>
    /// <param name="result">How it ended; null if it could not be run.</param>
    /// <param name="problem">Why it could not be run.</param>
    public static string[] Cells(LimitRow row, long limit, LimitResult? result, string? problem) =>
    [
        $"{row.Leak}",
        row.Setting ?? "default",
        row.InGroup ? Show(limit) : "none",
        result is null ? "" : Number(result.ExitCode),
        result?.Kills is { } kills ? Number(kills) : "",
        result is null ? "" : Show(result.PeakBytes),
        result is null ? "" : Show(result.HeapLimitBytes),
        result?.Visible ?? $"not run: {problem}",
    ];

    private static string Show(long bytes) => (bytes / Megabyte).ToString("N0", CultureInfo.InvariantCulture);

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
