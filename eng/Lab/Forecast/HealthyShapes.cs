namespace Shop.Lab.Forecast;

/// <summary>
/// Series without a leak, by seed. Where their growth is as even as a leak's, it stays below a quarter of the way to the limit, and below
/// 40 % of what was alive: beyond that nobody can tell from the heap.
/// </summary>
internal static class HealthyShapes
{
    private const double Megabyte = 1_000_000;
    private const double Hour = 3_600;
    private const double Day = 24 * Hour;

    /// <summary>The shapes.</summary>
    public static IReadOnlyList<SeriesShape> All { get; } =
    [
        new("steady", Steady), new("warm-up", WarmUp), new("warm-up, tight limit", TightWarmUp), new("cache fills", Cache),
        new("cache fills evenly", EvenCache), new("day's rhythm", Rhythm), new("burst", Burst), new("load steps up", Step),
        new("sawtooth", Sawtooth),
    ];

    /// <summary>
    /// Series without a leak that grow as evenly and as far as one: nobody can tell from the heap, until they have levelled off once.
    /// </summary>
    public static IReadOnlyList<SeriesShape> Undecidable { get; } =
        [new("large cache fills evenly", LargeEvenCache), new("strong rhythm", StrongRhythm)];

    private static ScoredSeries Steady(Random random, string name)
    {
        var level = Between(random, 20, 800) * Megabyte;
        return Maker(random).Healthy(
            "steady", name, level * Between(random, 1.3, 20), Between(random, 10, 600), Count(random), _ => level);
    }

    private static ScoredSeries WarmUp(Random random, string name) => WarmUp(random, "warm-up", name, Between(random, 3, 20));

    private static ScoredSeries TightWarmUp(Random random, string name)
        => WarmUp(random, "warm-up, tight limit", name, Between(random, 1.15, 1.6));

    // Code is compiled, connections open, pools and statics are filled.
    private static ScoredSeries WarmUp(Random random, string kind, string name, double limitShare)
    {
        var (cold, warm) = (Between(random, 8, 30) * Megabyte, Between(random, 40, 200) * Megabyte);
        var time = Between(random, 30, 900);
        var interval = time / Between(random, 1, 8);
        return Maker(random).Healthy(kind, name, warm * limitShare, interval, Count(random),
            t => warm - ((warm - cold) * Math.Exp(-t / time)));
    }

    // The more is in it, the fewer misses.
    private static ScoredSeries Cache(Random random, string name)
    {
        var (empty, full) = (Between(random, 60, 300) * Megabyte, Between(random, 50, 400) * Megabyte);
        var time = Between(random, 0.2, 12) * Hour;
        return Maker(random).Healthy("cache fills", name, (empty + full) * Between(random, 1.6, 6), time / Between(random, 5, 30),
            Count(random), t => empty + (full * (1 - Math.Exp(-t / time))));
    }

    private static ScoredSeries EvenCache(Random random, string name)
        => EvenCache(random, "cache fills evenly", name, Between(random, 0.1, 0.35), Between(random, 4, 12));

    private static ScoredSeries LargeEvenCache(Random random, string name)
        => EvenCache(random, "large cache fills evenly", name, Between(random, 0.8, 2), Between(random, 1.2, 3));

    // Nothing is read twice, until it is full.
    private static ScoredSeries EvenCache(Random random, string kind, string name, double share, double way)
    {
        var empty = Between(random, 60, 300) * Megabyte;
        var full = empty * share;
        var time = Between(random, 0.2, 12) * Hour;
        return Maker(random).Healthy(kind, name, empty + (full * way), time / Between(random, 15, 60),
            Count(random), t => empty + (full * Math.Min(1, t / time)));
    }

    private static ScoredSeries Rhythm(Random random, string name)
        => Rhythm(random, "day's rhythm", name, Between(random, 0.03, 0.15), Between(random, 7, 20));

    private static ScoredSeries StrongRhythm(Random random, string name)
        => Rhythm(random, "strong rhythm", name, Between(random, 0.3, 0.5), Between(random, 2, 4));

    private static ScoredSeries Rhythm(Random random, string kind, string name, double share, double way)
    {
        var level = Between(random, 100, 500) * Megabyte;
        var height = level * share;
        var phase = Between(random, 0, Day);
        return Maker(random).Healthy(kind, name, level + (height * way), Between(random, 300, 1_800), 288,
            t => level + (height * Math.Sin((t + phase) * 2 * Math.PI / Day)), t => Math.Sin((t + phase) * 2 * Math.PI / Day) < -0.98);
    }

    private static ScoredSeries Burst(Random random, string name)
    {
        var level = Between(random, 60, 500) * Megabyte;
        var height = level * Between(random, 0.1, 1);
        var interval = Between(random, 20, 600);
        var (start, length) = (interval * Between(random, 20, 60), interval * Between(random, 2, 20));
        return Maker(random).Healthy("burst", name, (level + height) * Between(random, 1.2, 4), interval, Count(random),
            t => level + (t > start && t < start + length ? height : 0), t => t > start + length && t < start + length + (4 * interval));
    }

    private static ScoredSeries Step(Random random, string name)
    {
        var level = Between(random, 60, 500) * Megabyte;
        var height = level * Between(random, 0.1, 0.8);
        var interval = Between(random, 20, 600);
        var start = interval * Between(random, 20, 80);
        return Maker(random).Healthy("load steps up", name, (level + height) * Between(random, 1.2, 4), interval, Count(random),
            t => level + (t > start ? height : 0));
    }

    // A batch grows and is released, again and again.
    private static ScoredSeries Sawtooth(Random random, string name)
    {
        var level = Between(random, 60, 500) * Megabyte;
        var height = level * Between(random, 0.05, 0.3);
        var interval = Between(random, 20, 600);
        var period = interval * Between(random, 6, 40);
        return Maker(random).Healthy("sawtooth", name, level + (height * Between(random, 4, 20)), interval, Count(random),
            t => level + (height * (t % period / period)));
    }

    private static SeriesMaker Maker(Random random) => new(random, Between(random, 0.003, 0.03));

    private static int Count(Random random) => random.Next(60, 240);

    private static double Between(Random random, double low, double high) => low + ((high - low) * random.NextDouble());
}
