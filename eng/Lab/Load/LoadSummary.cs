using System.Globalization;
using Shop.ServiceDefaults.Telemetry;
using Shop.ServiceDefaults;
using Spectre.Console;

namespace Shop.Lab.Load;

/// <summary>The tables at the end of a run.</summary>
internal static class LoadSummary
{
    /// <summary>The percentiles that are shown.</summary>
    public static IReadOnlyList<(string Name, double Share)> Percentiles { get; } = [("p50", 0.5), ("p95", 0.95), ("p99", 0.99), ("max", 1)];

    public static void Write(LoadSnapshot end)
    {
        AnsiConsole.MarkupLine(string.Create(CultureInfo.InvariantCulture,
            $"{Durations.Show(end.Elapsed)}: {end.Arrivals} arrivals, {end.Dropped} dropped, {end.Abandoned} cut short; {end.Settled} settled, {end.Declined} declined, {end.Unsettled} unsettled; {end.LearnedByPolling} learned by polling, not on the socket."));
        AnsiConsole.Write(Latencies(end));
        if (end.Errors.Count > 0)
            AnsiConsole.Write(Errors(end));
    }

    private static Table Latencies(LoadSnapshot end)
    {
        var table = new Table().RoundedBorder().AddColumns(["", "count", .. Percentiles.Select(percentile => percentile.Name)]);
        foreach (var column in table.Columns.Skip(1))
            column.RightAligned();
        AddRow(table, "[bold]place to settled[/]", end.PlaceToSettled);
        AddRow(table, "[bold]arrival to settled[/]", end.ArrivalToSettled);
        foreach (var route in ShopRoute.All.Where(route => end.Routes[route.Index].Count > 0))
            AddRow(table, Markup.Escape(route.Name), end.Routes[route.Index]);
        return table;
    }

    private static void AddRow(Table table, string name, LatencyCounts latency)
        => table.AddRow([name, latency.Count.ToString(CultureInfo.InvariantCulture), .. Percentiles.Select(percentile => LoadInterval.Show(latency, percentile.Share))]);

    private static Table Errors(LoadSnapshot end)
    {
        var table = new Table().RoundedBorder().AddColumns("error", "count");
        table.Columns[1].RightAligned();
        foreach (var error in end.Errors)
            table.AddRow($"[red]{Markup.Escape(error.Name)}[/]", error.Count.ToString(CultureInfo.InvariantCulture));
        return table;
    }
}
