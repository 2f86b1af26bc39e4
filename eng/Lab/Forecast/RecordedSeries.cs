using System.Globalization;
using System.Reflection;
using Shop.ServiceDefaults.Forecast;

namespace Shop.Lab.Forecast;

/// <summary>
/// Series recorded from the running Shop by <c>lab forecast --record</c>, a point a line. The limit of a leak is what it reached at nine
/// tenths of the recording, so that the time to it is known: the machine's own is hours away.
/// </summary>
internal static class RecordedSeries
{
    private const string Prefix = "Recorded.";
    private const string LeakPrefix = Prefix + "leak-";
    private const double LimitShare = 0.9;
    private const double HealthyLimitShare = 3;
    // The services were recorded from their start: the way of the leak begins where the warm-up ends.
    private const double WarmUpSeconds = 60;

    /// <summary>The header of a recording.</summary>
    public const string Header = "seconds,bytes";

    public static IEnumerable<ScoredSeries> All()
    {
        var assembly = Assembly.GetExecutingAssembly();
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)).Order())
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            var points = Read(reader.ReadToEnd());
            yield return name.StartsWith(LeakPrefix, StringComparison.Ordinal) ? Leak(name, points) : Healthy(name, points);
        }
    }

    /// <summary>A line of a recording.</summary>
    public static string Format(HeapPoint point) => string.Create(CultureInfo.InvariantCulture, $"{point.Seconds:F1},{point.Bytes:F0}");

    private static List<HeapPoint> Read(string text)
        => [.. from line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1)
               let values = line.Split(',')
               select new HeapPoint(
                   double.Parse(values[0], CultureInfo.InvariantCulture), double.Parse(values[1], CultureInfo.InvariantCulture))];

    private static ScoredSeries Healthy(string name, List<HeapPoint> points)
        => new("recorded, no leak", name, points, HealthyLimitShare * points.Max(point => point.Bytes), null, new bool[points.Count]);

    private static ScoredSeries Leak(string name, List<HeapPoint> points)
    {
        var limit = points[(int)(LimitShare * points.Count)].Bytes;
        var start = points.First(point => point.Seconds >= WarmUpSeconds).Bytes;
        var half = start + ((limit - start) / 2);
        var before = points.TakeWhile(point => point.Bytes < limit).ToList();
        var full = points[before.Count].Seconds;
        var truth = new LeakTruth(WarmUpSeconds, points.First(point => point.Bytes >= half).Seconds, full);
        return new("recorded leak", name, before, limit, truth, new bool[before.Count]);
    }
}
