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
        var level = random.Between(20, 800) * Megabyte;
        return SeriesMaker.Draw(random).Healthy(
            "steady", name, level * random.Between(1.3, 20), random.Between(10, 600), Count(random), _ => level);
    }

    private static ScoredSeries WarmUp(Random random, string name) => WarmUp(random, "warm-up", name, random.Between(3, 20));

    private static ScoredSeries TightWarmUp(Random random, string name)
        => WarmUp(random, "warm-up, tight limit", name, random.Between(1.15, 1.6));

    // Code is compiled, connections open, pools and statics are filled.
    private static ScoredSeries WarmUp(Random random, string kind, string name, double limitShare)
    {
        var (cold, warm) = (random.Between(8, 30) * Megabyte, random.Between(40, 200) * Megabyte);
        var time = random.Between(30, 900);
        var interval = time / random.Between(1, 8);
        return SeriesMaker.Draw(random).Healthy(kind, name, warm * limitShare, interval, Count(random),
            t => warm - ((warm - cold) * Math.Exp(-t / time)));
    }

    // The more is in it, the fewer misses.
    private static ScoredSeries Cache(Random random, string name)
    {
        var (empty, full) = (random.Between(60, 300) * Megabyte, random.Between(50, 400) * Megabyte);
        var time = random.Between(0.2, 12) * Hour;
        return SeriesMaker.Draw(random).Healthy("cache fills", name, (empty + full) * random.Between(1.6, 6), time / random.Between(5, 30),
            Count(random), t => empty + (full * (1 - Math.Exp(-t / time))));
    }

    private static ScoredSeries EvenCache(Random random, string name)
        => EvenCache(random, "cache fills evenly", name, random.Between(0.1, 0.35), random.Between(4, 12));

    private static ScoredSeries LargeEvenCache(Random random, string name)
        => EvenCache(random, "large cache fills evenly", name, random.Between(0.8, 2), random.Between(1.2, 3));

    // Nothing is read twice, until it is full.
    private static ScoredSeries EvenCache(Random random, string kind, string name, double share, double way)
    {
        var empty = random.Between(60, 300) * Megabyte;
        var full = empty * share;
        var time = random.Between(0.2, 12) * Hour;
        return SeriesMaker.Draw(random).Healthy(kind, name, empty + (full * way), time / random.Between(15, 60),
            Count(random), t => empty + (full * Math.Min(1, t / time)));
    }

    private static ScoredSeries Rhythm(Random random, string name)
        => Rhythm(random, "day's rhythm", name, random.Between(0.03, 0.15), random.Between(7, 20));

    private static ScoredSeries StrongRhythm(Random random, string name)
        => Rhythm(random, "strong rhythm", name, random.Between(0.3, 0.5), random.Between(2, 4));

    private static ScoredSeries Rhythm(Random random, string kind, string name, double share, double way)
    {
        var level = random.Between(100, 500) * Megabyte;
        var height = level * share;
        var phase = random.Between(0, Day);
        return SeriesMaker.Draw(random).Healthy(kind, name, level + (height * way), random.Between(300, 1_800), 288,
            t => level + (height * Math.Sin((t + phase) * 2 * Math.PI / Day)), t => Math.Sin((t + phase) * 2 * Math.PI / Day) < -0.98);
    }

    private static ScoredSeries Burst(Random random, string name)
    {
        var level = random.Between(60, 500) * Megabyte;
        var height = level * random.Between(0.1, 1);
        var interval = random.Between(20, 600);
        var (start, length) = (interval * random.Between(20, 60), interval * random.Between(2, 20));
        return SeriesMaker.Draw(random).Healthy("burst", name, (level + height) * random.Between(1.2, 4), interval, Count(random),
            t => level + (t > start && t < start + length ? height : 0), t => t > start + length && t < start + length + (4 * interval));
    }

    private static ScoredSeries Step(Random random, string name)
    {
        var level = random.Between(60, 500) * Megabyte;
        var height = level * random.Between(0.1, 0.8);
        var interval = random.Between(20, 600);
        var start = interval * random.Between(20, 80);
        return SeriesMaker.Draw(random).Healthy("load steps up", name, (level + height) * random.Between(1.2, 4), interval, Count(random),
            t => level + (t > start ? height : 0));
    }

    // A batch grows and is released, again and again.
    private static ScoredSeries Sawtooth(Random random, string name)
    {
        var level = random.Between(60, 500) * Megabyte;
        var height = level * random.Between(0.05, 0.3);
        var interval = random.Between(20, 600);
        var period = interval * random.Between(6, 40);
        return SeriesMaker.Draw(random).Healthy("sawtooth", name, level + (height * random.Between(4, 20)), interval, Count(random),
            t => level + (height * (t % period / period)));
    }

    private static int Count(Random random) => random.Next(60, 240);
}
