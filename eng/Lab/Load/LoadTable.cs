using System.Globalization;
using Shop.ServiceDefaults;
using Spectre.Console;

namespace Shop.Lab.Load;

/// <summary>The live table.</summary>
internal static class LoadTable
{
    public static Table Create(LoadReading now, LoadInterval interval)
    {
        var table = new Table().RoundedBorder().Title($"load, {Durations.Show(now.Elapsed)}").AddColumns("", "whole run", "last 5 s");
        table.Columns[1].RightAligned();
        table.Columns[2].RightAligned();
        table.AddRow("arrivals", Text($"{now.Arrivals}"), Text($"{interval.ArrivalsPerSecond:F1}/s"));
        table.AddRow("in the shop", Text($"{now.InFlight}"), "");
        table.AddRow("dropped", Text($"{now.Dropped}"), "");
        table.AddRow("settled", Text($"{now.Settled}"), Text($"{interval.OrdersPerSecond:F1}/s with declined"));
        table.AddRow("declined", Text($"{now.Declined}"), "");
        table.AddRow("unsettled", Text($"{now.Unsettled}"), "");
        table.AddRow("requests", Text($"{now.Answered}"), Text($"{interval.RequestsPerSecond:F0}/s"));
        foreach (var (name, share) in LoadSummary.Percentiles)
            table.AddRow($"place-to-settled {name}", LoadInterval.Show(now.PlaceToSettled, share), LoadInterval.Show(interval.PlaceToSettled, share));
        foreach (var error in now.Errors.Take(8))
            table.AddRow($"[red]{Markup.Escape(error.Name)}[/]", Text($"{error.Count}"), "");
        return table;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
