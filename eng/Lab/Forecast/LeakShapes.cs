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
        return Maker(random).Leak("even leak", name, limit, interval, 0, start, t => start + ((limit - start) * t / time));
    }

    private static ScoredSeries AfterWarmUp(Random random, string name)
    {
        var (start, limit, interval, time) = Frame(random);
        var (cold, warmUp) = (start * Between(random, 0.2, 0.6), time * Between(random, 0.01, 0.06));
        return Maker(random).Leak("leak after a warm-up", name, limit, interval, 0, start,
            t => start - ((start - cold) * Math.Exp(-t / warmUp)) + ((limit - start) * t / time));
    }

    // A deployment of something else, a customer with another habit.
    private static ScoredSeries Late(Random random, string name)
    {
        var (start, limit, interval, time) = Frame(random);
        var onset = time * Between(random, 0.5, 6);
        return Maker(random).Leak("leak after long steadiness", name, limit, interval, onset, start,
            t => start + ((limit - start) * Math.Max(0, t - onset) / time));
    }

    private static ScoredSeries Daily(Random random, string name)
    {
        var (start, limit, _, _) = Frame(random);
        var (time, swing, phase) = (Between(random, 4, 20) * Day, Between(random, 0.2, 0.8), Between(random, 0, Day));
        return Maker(random).Leak("leak by day more than by night", name, limit, Between(random, 0.3, 2) * Hour, 0, start, Level);

        double Level(double t) => start + ((limit - start) / time * (t + (swing * Day / (2 * Math.PI) * (Wave(t) - Wave(0)))));
        double Wave(double t) => Math.Sin((t + phase) * 2 * Math.PI / Day);
    }

    private static ScoredSeries Accelerating(Random random, string name)
    {
        var (start, limit, interval, time) = Frame(random);
        var power = Between(random, 1.1, 1.5);
        return Maker(random).Leak(
            "leak that accelerates", name, limit, interval, 0, start, t => start + ((limit - start) * Math.Pow(t / time, power)));
    }

    private static ScoredSeries WithCache(Random random, string name)
    {
        var (start, limit, interval, time) = Frame(random);
        var (full, fills) = ((limit - start) * Between(random, 0.05, 0.12), time * Between(random, 0.05, 0.2));
        return Maker(random).Leak("leak with a cache that fills", name, limit, interval, 0, start,
            t => start + (full * (1 - Math.Exp(-t / fills))) + ((limit - start - full) * t / time));
    }

    // A list doubles its array: the level has steps beside the even growth of what is in it.
    private static ScoredSeries Doubling(Random random, string name)
    {
        var (start, limit, interval, time) = Frame(random);
        var arrays = Between(random, 0.05, 0.15);
        return Maker(random).Leak("leak in doubling arrays", name, limit, interval, 0, start, t =>
        {
            var share = t / time;
            var capacity = Math.Pow(2, Math.Ceiling(Math.Log2(Math.Max(share, 1e-3))));
            return start + ((limit - start) * (((1 - arrays) * share) + (arrays * capacity)));
        });
    }

    private static (double Start, double Limit, double Interval, double Time) Frame(Random random)
    {
        var start = Between(random, 30, 400) * Megabyte;
        var limit = start * Between(random, 2, 20);
        var interval = Between(random, 10, 900);
        return (start, limit, interval, interval * Between(random, 60, 400));
    }

    private static SeriesMaker Maker(Random random) => new(random, Between(random, 0.003, 0.03));

    private static double Between(Random random, double low, double high) => low + ((high - low) * random.NextDouble());
}
