using Shop.ServiceDefaults.Forecast;

namespace Shop.Lab.Forecast;

/// <summary>
/// Makes a series from the level that it would have without noise. A collection comes when it comes, what is in flight is alive too, and
/// some collections fall into a moment with much of it.
/// </summary>
/// <param name="random">Seeded.</param>
/// <param name="noise">The standard deviation of what is in flight, as a share of the level.</param>
internal sealed class SeriesMaker(Random random, double noise)
{
    private const double MomentShare = 0.03;
    private const double MomentHeight = 0.15;
    private const double Jitter = 0.4;

    /// <summary>A maker whose noise is drawn.</summary>
    public static SeriesMaker Draw(Random random) => new(random, random.Between(0.003, 0.03));

    /// <summary>A series without a leak, of a number of points.</summary>
    public ScoredSeries Healthy(
        string kind, string name, double limit, double interval, int count, Func<double, double> level, Func<double, bool>? isIdle = null)
    {
        var points = new List<HeapPoint>(count);
        for (var time = interval; points.Count < count; time += Next(interval))
            points.Add(new(time, Measure(level(time))));
        return new(kind, name, points, limit, null, Idle(points, isIdle));
    }

    /// <summary>A series of a leak, until it reaches the limit.</summary>
    /// <param name="kind">The series' shape.</param>
    /// <param name="name">Which one.</param>
    /// <param name="limit">The limit in bytes.</param>
    /// <param name="interval">The mean time between collections, in seconds.</param>
    /// <param name="onset">When the leak starts, in seconds.</param>
    /// <param name="start">The level at which it starts, in bytes.</param>
    /// <param name="level">The level without noise, in bytes.</param>
    public ScoredSeries Leak(
        string kind, string name, double limit, double interval, double onset, double start, Func<double, double> level)
    {
        var points = new List<HeapPoint>();
        double? half = null;
        var time = interval;
        for (; level(time) < limit; time += Next(interval))
        {
            points.Add(new(time, Measure(level(time))));
            if (half is null && time > onset && level(time) >= start + ((limit - start) / 2))
                half = time;
        }
        var truth = new LeakTruth(onset, half ?? time, Crossing(level, limit, points[^1].Seconds, time));
        return new(kind, name, points, limit, truth, Idle(points, null));
    }

    private static double Crossing(Func<double, double> level, double limit, double before, double after)
    {
        while (after - before > 1e-6 * after)
        {
            var middle = (before + after) / 2;
            if (level(middle) < limit)
                before = middle;
            else
                after = middle;
        }
        return after;
    }

    private static bool[] Idle(List<HeapPoint> points, Func<double, bool>? isIdle)
        => [.. points.Select(point => isIdle?.Invoke(point.Seconds) ?? false)];

    private double Next(double interval) => interval * (1 + (Jitter * ((2 * random.NextDouble()) - 1)));

    private double Measure(double level)
    {
        var moment = random.NextDouble() < MomentShare ? MomentHeight * random.NextDouble() : 0;
        return level * (1 + (noise * Gauss()) + moment);
    }

    // Box and Muller.
    private double Gauss() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
