using System.Globalization;
using Shop.Lab.Load;

namespace Shop.Lab.Cost;

/// <summary>Shows what the Shop used.</summary>
internal static class CostTable
{
    private const double Megabyte = 1024 * 1024;
    private static readonly string[] Columns
        = ["group", "CPU, ms per order", "CPU, ms per second", "context switches per second", "resident, MB"];

    /// <summary>Writes it to the console.</summary>
    public static void Write(CostResult result, bool markdown)
    {
        ResultTable.Write(Columns, result.Groups.Select(group => Cells(group, result)), markdown);
        var placed = result.Load.PlaceToSettled.Since(result.LoadBefore.PlaceToSettled);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{result.Orders} orders in {result.Elapsed.TotalSeconds:F1} s; place to settled p50 {LoadInterval.Show(placed, 0.5)}, "
            + $"p95 {LoadInterval.Show(placed, 0.95)}; {LoadInterval.Errors(result.Load)}."));
    }

    private static string[] Cells(GroupCost cost, CostResult result) =>
    [
        cost.Group ?? "all",
        result.Orders == 0 ? "-" : Show(cost.CpuTime.TotalMilliseconds / result.Orders),
        Show(cost.CpuTime.TotalMilliseconds / result.Elapsed.TotalSeconds),
        (cost.ContextSwitches / result.Elapsed.TotalSeconds).ToString("N0", CultureInfo.InvariantCulture),
        (cost.ResidentBytes / Megabyte).ToString("N0", CultureInfo.InvariantCulture),
    ];

    private static string Show(double milliseconds) => milliseconds.ToString("F1", CultureInfo.InvariantCulture);
}
