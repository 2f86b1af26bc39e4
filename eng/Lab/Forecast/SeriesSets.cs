namespace Shop.Lab.Forecast;

/// <summary>The series that the detector is scored on, and those that were held out while it was made.</summary>
internal static class SeriesSets
{
    private const int ScoredSeed = 100;
    private const int ScoredOfShape = 2;
    private const int HeldOutSeed = 900_000;
    private const int HeldOutOfShape = 5;

    private static IEnumerable<SeriesShape> Decidable => HealthyShapes.All.Concat(LeakShapes.All);

    /// <summary>The articles' figures, the recorded series, and two of each shape.</summary>
    public static IEnumerable<ScoredSeries> Scored()
        => [.. ArticleSeries.Make(ScoredSeed), .. RecordedSeries.All(), .. Made(Decidable, ScoredSeed, ScoredOfShape)];

    /// <summary>Others of each shape: each has limits, intervals, heights and noise of its own.</summary>
    public static IEnumerable<ScoredSeries> HeldOut() => Made(Decidable, HeldOutSeed, HeldOutOfShape);

    /// <summary>What looks like a leak and is none; in neither set.</summary>
    public static IEnumerable<ScoredSeries> Undecidable() => Made(HealthyShapes.Undecidable, HeldOutSeed, HeldOutOfShape);

    private static IEnumerable<ScoredSeries> Made(IEnumerable<SeriesShape> shapes, int seed, int ofShape)
    {
        foreach (var (kind, make) in shapes)
        {
            for (var index = 0; index < ofShape; index++)
                yield return make(new Random(seed++), $"{kind} {index + 1}");
        }
    }
}
