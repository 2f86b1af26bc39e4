using System.Globalization;
using OxyPlot;
using OxyPlot.Axes;
using OxyPlot.Legends;
using OxyPlot.Series;
using Shop.ServiceDefaults.Cases;

namespace Shop.Lab.Proof.Report;

/// <summary>A case's series as an SVG line chart, readable on a light and on a dark page.</summary>
internal static class ProofChart
{
    private const int Width = 720;
    private const int Height = 300;
    private static readonly OxyColor Grey = OxyColor.Parse("#7d8590");
    private static readonly Dictionary<string, string> Colours
        = new() { ["Leaky"] = "#d1242f", ["Published"] = "#bf8700", ["Fixed"] = "#1a7f37" };

    // OxyPlot measures text itself. ScottPlot draws none where the system has no fonts, and brings 500 MB of native libraries.
    public static string Draw(CaseResult result)
    {
        var isRetained = result.Study.Evidence is Retained;
        var lines = result.Variants.Where(variant => variant.Series.Count > 1)
            .Select(variant => CreateLine(variant, isRetained ? variant.Series[0].Y : 0)).ToList();
        // Zero is always in sight: an axis that starts elsewhere makes a small difference look large.
        var lowest = lines.Min(line => line.Points.Min(point => Math.Min(0, point.Y)));
        var plot = new PlotModel
        {
            Culture = CultureInfo.InvariantCulture,
            DefaultFont = "sans-serif",
            TextColor = Grey,
            PlotAreaBorderColor = Grey,
            Axes =
            {
                CreateAxis(AxisPosition.Bottom, "operations", 0),
                CreateAxis(AxisPosition.Left, isRetained ? "KB alive since the first window" : "KB allocated per operation", lowest),
            },
            Legends = { new Legend { LegendPlacement = LegendPlacement.Outside } },
        };
        lines.ForEach(plot.Series.Add);
        return SvgExporter.ExportToString(plot, Width, Height, isDocument: false);
    }

    private static LinearAxis CreateAxis(AxisPosition position, string title, double minimum) => new()
    {
        Position = position,
        Title = title,
        StringFormat = "N0",
        Minimum = minimum,
        MinimumRange = 1,
        TicklineColor = Grey,
        MajorGridlineStyle = LineStyle.Solid,
        MajorGridlineColor = OxyColor.FromAColor(75, Grey),
    };

    // What is retained counts from the start of the series: the service's own size would hide it.
    private static LineSeries CreateLine(VariantResult variant, double origin)
    {
        var colour = Colours.TryGetValue(variant.Name, out var known) ? OxyColor.Parse(known) : Grey;
        var line = new LineSeries { Title = variant.Name, Color = colour };
        line.Points.AddRange(variant.Series.Select(point => new DataPoint(point.X, (point.Y - origin) / 1024)));
        return line;
    }
}
