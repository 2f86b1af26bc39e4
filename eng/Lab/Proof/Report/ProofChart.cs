using System.Globalization;
using OxyPlot;
using OxyPlot.Axes;
using OxyPlot.Legends;
using OxyPlot.Series;

namespace Shop.Lab.Proof.Report;

/// <summary>A case's series as an SVG line chart, readable on a light and on a dark page.</summary>
internal static class ProofChart
{
    public const int Width = 480;
    public const int Height = 270;
    private const int FontSize = 14;
    private const int LegendSpacing = 28;
    private const int TitleDistance = 12;

    // No grey has enough contrast for text on both pages. Where a style is ignored, that of the elements remains.
    private const string TextStyle =
        "<style>text { fill: #4b535d } @media (prefers-color-scheme: dark) { text { fill: #c4cad2 } }</style>";

    private static readonly OxyColor Grey = OxyColor.Parse("#7d8590");
    private static readonly Dictionary<string, string> Colours
        = new() { ["Leaky"] = "#e5484d", ["Published"] = "#bf8700", ["Fixed"] = "#2a9d4a" };

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
            // One whose widths OxyPlot knows: of others it reserves too little space.
            DefaultFont = "Arial",
            DefaultFontSize = FontSize,
            TextColor = Grey,
            PlotAreaBorderColor = Grey,
            // Beside the axis, some are longer than the chart is high.
            Title = axes.Vertical,
            TitleFontSize = FontSize,
            TitleFontWeight = FontWeights.Normal,
            Axes =
            {
                CreateAxis(AxisPosition.Bottom, axes.Horizontal, 0),
                CreateAxis(AxisPosition.Left, null, lowest),
            },
            Legends = { CreateLegend() },
        };
        lines.ForEach(plot.Series.Add);
        var svg = SvgExporter.ExportToString(plot, Width, Height, isDocument: false);
        return svg.Insert(svg.IndexOf('>', svg.IndexOf("<svg", StringComparison.Ordinal)) + 1, TextStyle);
    }

    private static Legend CreateLegend() => new()
    {
        LegendPlacement = LegendPlacement.Outside,
        LegendPosition = LegendPosition.BottomCenter,
        LegendOrientation = LegendOrientation.Horizontal,
        LegendItemSpacing = LegendSpacing,
        // The legend is cut at its border, and other fonts than the one that OxyPlot measures are wider.
        LegendPadding = LegendSpacing,
    };

    private static LinearAxis CreateAxis(AxisPosition position, string? title, double minimum) => new()
    {
        Position = position,
        Title = title,
        AxisTitleDistance = TitleDistance,
        MinorTickSize = 0,
        StringFormat = "N0",
        Minimum = minimum,
        MinimumRange = 1,
        MinimumMajorStep = 1,
        TicklineColor = Grey,
        MajorGridlineStyle = LineStyle.Solid,
        MajorGridlineColor = OxyColor.FromAColor(75, Grey),
    };

    private static LineSeries CreateLine(VariantResult variant, ChartAxes axes)
    {
        var origin = axes.FromStart ? variant.Series[0].Y : 0;
        var colour = Colours.TryGetValue(variant.Name, out var known) ? OxyColor.Parse(known) : Grey;
        var line = new LineSeries { Title = variant.Name, Color = colour, StrokeThickness = 2 };
        line.Points.AddRange(variant.Series.Select(point => new DataPoint(point.X, (point.Y - origin) / axes.Divisor)));
        return line;
    }
}
