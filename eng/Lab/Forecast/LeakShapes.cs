namespace Shop.Lab.Forecast;

/// <summary>Series of leaks, by seed, each until its limit.</summary>
internal static class LeakShapes
{
    private const double Megabyte = 1_000_000;
    private const double Hour = 3_600;
    private const double Day = 24 * Hour;

    /// <summary>The shapes.</summary>
    public static IReadOnlyList<SeriesShape> All { get; } =
    [
        new("even leak", Even), new("leak after a warm-up", AfterWarmUp), new("leak after long steadiness", Late),
        new("leak by day more than by night", Daily), new("leak that accelerates", Accelerating),
        new("leak with a cache that fills", WithCache), new("leak in doubling arrays", Doubling),
    ];

    private static ScoredSeries Even(Random random, string name)
    {
        var (start, limit, interval, time) = Frame(random);
        return SeriesMaker.Draw(random).Leak("even leak", name, limit, interval, 0, start, t => start + ((limit - start) * t / time));
    }

    private static ScoredSeries AfterWarmUp(Random random, string name)
    {
        var (start, limit, interval, time) = Frame(random);
        var (cold, warmUp) = (start * random.Between(0.2, 0.6), time * random.Between(0.01, 0.06));
        return SeriesMaker.Draw(random).Leak("leak after a warm-up", name, limit, interval, 0, start,
            t => start - ((start - cold) * Math.Exp(-t / warmUp)) + ((limit - start) * t / time));
    }

    // A deployment of something else, a customer with another habit.
    private static ScoredSeries Late(Random random, string name)
    {
        var (start, limit, interval, time) = Frame(random);
        var onset = time * random.Between(0.5, 6);
        return SeriesMaker.Draw(random).Leak("leak after long steadiness", name, limit, interval, onset, start,
            t => start + ((limit - start) * Math.Max(0, t - onset) / time));
    }

    private static ScoredSeries Daily(Random random, string name)
    {
        var (start, limit, _, _) = Frame(random);
        var (time, swing, phase) = (random.Between(4, 20) * Day, random.Between(0.2, 0.8), random.Between(0, Day));
        return SeriesMaker.Draw(random).Leak("leak by day more than by night", name, limit, random.Between(0.3, 2) * Hour, 0, start, Level);

        double Level(double t) => start + ((limit - start) / time * (t + (swing * Day / (2 * Math.PI) * (Wave(t) - Wave(0)))));
        double Wave(double t) => Math.Sin((t + phase) * 2 * Math.PI / Day);
    }

    private static ScoredSeries Accelerating(Random random, string name)
    {
        var (start, limit, interval, time) = Frame(random);
        var power = random.Between(1.1, 1.5);
        return SeriesMaker.Draw(random).Leak(
            "leak that accelerates", name, limit, interval, 0, start, t => start + ((limit - start) * Math.Pow(t / time, power)));
    }

    private static ScoredSeries WithCache(Random random, string name)
    {
        var (start, limit, interval, time) = Frame(random);
        var (full, fills) = ((limit - start) * random.Between(0.05, 0.12), time * random.Between(0.05, 0.2));
        return SeriesMaker.Draw(random).Leak("leak with a cache that fills", name, limit, interval, 0, start,
            t => start + (full * (1 - Math.Exp(-t / fills))) + ((limit - start - full) * t / time));
    }

    // A list doubles its array: the level has steps beside the even growth of what is in it.
    private static ScoredSeries Doubling(Random random, string name)
    {
        var (start, limit, interval, time) = Frame(random);
        var arrays = random.Between(0.05, 0.15);
        return SeriesMaker.Draw(random).Leak("leak in doubling arrays", name, limit, interval, 0, start, t =>
        {
            var share = t / time;
            var capacity = Math.Pow(2, Math.Ceiling(Math.Log2(Math.Max(share, 1e-3))));
            return start + ((limit - start) * (((1 - arrays) * share) + (arrays * capacity)));
        });
    }

    private static (double Start, double Limit, double Interval, double Time) Frame(Random random)
    {
        var start = random.Between(30, 400) * Megabyte;
        var limit = start * random.Between(2, 20);
        var interval = random.Between(10, 900);
        return (start, limit, interval, interval * random.Between(60, 400));
    }
}
