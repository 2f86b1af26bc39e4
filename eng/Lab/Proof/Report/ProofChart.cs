using System.Globalization;
using System.Text;

namespace Shop.Lab.Proof.Report;

/// <summary>A case's series as an SVG line chart, readable on a light and on a dark page.</summary>
internal static class ProofChart
{
    private const int Width = 720, Height = 300, Left = 70, Right = 110, Top = 20, Bottom = 40;
    private const int Ticks = 4;
    private static readonly Dictionary<string, string> Colours = new() { ["Leaky"] = "#d1242f", ["Published"] = "#bf8700", ["Fixed"] = "#1a7f37" };

    public static string Draw(CaseResult result)
    {
        var lines = result.Variants.Where(variant => variant.Series.Count > 1).Select(variant => (variant.Name, Points: Normalize(result, variant))).ToList();
        var maxX = lines.Max(line => line.Points.Max(point => point.X));
        var (minY, maxY) = (lines.Min(line => line.Points.Min(point => point.Y)), lines.Max(line => line.Points.Max(point => point.Y)));
        var scale = new Scale(maxX, Math.Min(0, minY), Math.Max(maxY, 1));
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {Height}\" font-family=\"sans-serif\" font-size=\"12\" fill=\"#7d8590\">\n");
        AppendAxes(svg, scale, result.Study.Kind == ServiceDefaults.Cases.CaseKind.Retained ? "KB alive since the first window" : "KB allocated per operation");
        foreach (var (name, points) in lines)
            AppendLine(svg, scale, name, points);
        return svg.Append("</svg>\n").ToString();
    }

    // What is retained counts from the start of the series: the services' own size would hide it.
    private static List<(double X, double Y)> Normalize(CaseResult result, VariantResult variant)
    {
        var origin = result.Study.Kind == ServiceDefaults.Cases.CaseKind.Retained ? variant.Series[0].Y : 0;
        return [.. variant.Series.Select(point => (point.X, (point.Y - origin) / 1024))];
    }

    private static void AppendAxes(StringBuilder svg, Scale scale, string title)
    {
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Left}\" y=\"14\">{title}</text><text x=\"{Width - Right}\" y=\"{Height - 6}\" text-anchor=\"end\">operations</text>\n");
        for (var tick = 0; tick <= Ticks; tick++)
        {
            var (x, y) = (scale.MaxX * tick / Ticks, scale.MinY + ((scale.MaxY - scale.MinY) * tick / Ticks));
            svg.Append(CultureInfo.InvariantCulture, $"<line x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{scale.Y(y):0.0}\" y2=\"{scale.Y(y):0.0}\" stroke=\"#7d8590\" stroke-opacity=\"0.3\"/><text x=\"{Left - 6}\" y=\"{scale.Y(y) + 4:0.0}\" text-anchor=\"end\">{y:N0}</text><text x=\"{scale.X(x):0.0}\" y=\"{Height - Bottom + 16}\" text-anchor=\"middle\">{x:N0}</text>\n");
        }
    }

    private static void AppendLine(StringBuilder svg, Scale scale, string name, List<(double X, double Y)> points)
    {
        var colour = Colours.GetValueOrDefault(name, "#7d8590");
        var path = string.Join(' ', points.Select(point => string.Create(CultureInfo.InvariantCulture, $"{scale.X(point.X):0.0},{scale.Y(point.Y):0.0}")));
        svg.Append(CultureInfo.InvariantCulture, $"<polyline fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\" points=\"{path}\"/><text x=\"{Width - Right + 6}\" y=\"{scale.Y(points[^1].Y) + 4:0.0}\" fill=\"{colour}\">{name}</text>\n");
    }

    private sealed record Scale(double MaxX, double MinY, double MaxY)
    {
        public double X(double value) => Left + ((Width - Left - Right) * value / MaxX);

        public double Y(double value) => Height - Bottom - ((Height - Top - Bottom) * (value - MinY) / (MaxY - MinY));
    }
}
