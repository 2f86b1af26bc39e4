using System.Globalization;
using OxyPlot;
using OxyPlot.Axes;
using OxyPlot.Legends;
using OxyPlot.Series;

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
    /// <summary>Draws the variants that have a series; null if none has.</summary>
    public static string? Draw(CaseResult result)
    {
        var axes = ChartAxes.Of(result.Study.Evidence);
        var lines = result.Variants.Where(variant => variant.Series.Count > 1).Select(variant => CreateLine(variant, axes)).ToList();
        if (lines.Count == 0)
            return null;
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
                CreateAxis(AxisPosition.Bottom, axes.Horizontal, 0),
                CreateAxis(AxisPosition.Left, axes.Vertical, lowest),
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

    private static LineSeries CreateLine(VariantResult variant, ChartAxes axes)
    {
        var origin = axes.FromStart ? variant.Series[0].Y : 0;
        var colour = Colours.TryGetValue(variant.Name, out var known) ? OxyColor.Parse(known) : Grey;
        var line = new LineSeries { Title = variant.Name, Color = colour };
        line.Points.AddRange(variant.Series.Select(point => new DataPoint(point.X, (point.Y - origin) / axes.Divisor)));
        return line;
    }
}
