namespace Shop.Lab.Forecast;

/// <summary>The articles' own figures, with collections in between and noise: days and megabytes as they state them.</summary>
internal static class ArticleSeries
{
    private const double Megabyte = 1_000_000;
    private const double Day = 24 * 3_600;
    private const double Noise = 0.015;
    private static readonly (string Name, double Limit, double Interval, (double Days, double Megabytes)[] Figures)[] Leaks =
    [
        ("001: Monday to Tuesday", 600, 1_200, [(0, 180), (0.375, 340), (1, 520), (1.28, 600)]),
        ("001: Wednesday", 600, 1_200, [(0, 180), (0.375, 360), (0.875, 600)]),
        ("000: order events, 8 hours", 6_100, 300, [(0, 400), (1 / 3.0, 6_100)]),
        ("004: sessions, week 12", 8_000, 6 * 3_600, [(0, 40), (1, 50), (7, 350), (14, 1_200), (28, 2_500), (56, 5_000), (84, 8_000)]),
        ("004: 100,000 thumbnails", 8_000, 1_800, [(0, 150), (3, 8_000)]),
        ("004: metrics of a day", 20_000, 600, [(0, 400), (1, 20_000)]),
        ("004: zombie connections", 4_000, 3_600, [(0, 600), (10, 4_000)]),
    ];

    private static readonly (string Name, double Limit, double Interval, (double Days, double Megabytes)[] Figures)[] Healthy =
    [
        ("001: after the fix", 600, 3_600, [(0, 180), (0.375, 195), (1, 188), (1.375, 198), (14, 190)]),
        ("000: stable for 8 months", 8_000, 6 * 3_600, [(0, 2_100), (60, 2_100)]),
        ("004: sessions in Redis", 4_000, 3_600, [(0, 480), (0.5, 500), (14, 500)]),
        ("004: thumbnails, 512 MB", 4_000, 1_800, [(0, 512), (7, 512)]),
        ("004: a day of metrics", 4_000, 1_800, [(0, 790), (0.5, 800), (7, 800)]),
        ("004: active connections", 4_000, 1_800, [(0, 590), (0.4, 615), (1, 590), (1.4, 612), (2, 590), (7, 600)]),
    ];

    /// <summary>The series; the seed is of the noise.</summary>
    public static IEnumerable<ScoredSeries> Make(int seed)
    {
        foreach (var (name, limit, interval, figures) in Leaks)
        {
            yield return new SeriesMaker(new Random(seed++), Noise).Leak(
                "article's leak", name, limit * Megabyte, interval, 0, figures[0].Megabytes * Megabyte, time => Between(figures, time));
        }
        foreach (var (name, limit, interval, figures) in Healthy)
        {
            var count = (int)(figures[^1].Days * Day / interval);
            yield return new SeriesMaker(new Random(seed++), Noise).Healthy(
                "article's fix", name, limit * Megabyte, interval, count, time => Between(figures, time));
        }
    }

    // Beyond the last figure, as between the last two.
    private static double Between((double Days, double Megabytes)[] figures, double seconds)
    {
        var days = seconds / Day;
        var next = Math.Clamp(Array.FindIndex(figures, figure => figure.Days > days) is var found && found < 0 ? figures.Length - 1 : found,
            1, figures.Length - 1);
        var (before, after) = (figures[next - 1], figures[next]);
        var megabytes = before.Megabytes
            + ((after.Megabytes - before.Megabytes) * (days - before.Days) / (after.Days - before.Days));
        return megabytes * Megabyte;
    }
}
