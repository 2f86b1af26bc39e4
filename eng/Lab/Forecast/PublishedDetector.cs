namespace Shop.Lab.Forecast;

/// <summary>
/// Article 000's MemoryLeakDetector: counts each object of a type when it is created, never when it is collected, and warns of more than
/// 10,000 whose count has not changed for five minutes. So it warns of what has stopped growing, and never of what grows.
/// </summary>
internal static class PublishedDetector
{
    private const long MinObjects = 10_000;

    /// <summary>When it warns for the first time; null if never.</summary>
    /// <param name="series">The series.</param>
    /// <param name="objectsPerCollection">Objects created between two collections, unless the service is idle.</param>
    public static double? Warns(ScoredSeries series, long objectsPerCollection = 1_000)
    {
        var created = 0L;
        for (var index = 0; index < series.Points.Count; index++)
        {
            if (!series.IsIdle[index])
                created += objectsPerCollection;
            else if (created > MinObjects)
                return series.Points[index].Seconds;
        }
        return null;
    }
}
