using Shop.ServiceDefaults.Forecast;

namespace Shop.Lab.Forecast;

/// <summary>What the detector said of a series.</summary>
/// <param name="Series">The series.</param>
/// <param name="Found">When it said Leak for the first time, in the series' seconds; null if never.</param>
/// <param name="Intervals">The intervals of the time to the limit that were compared with the true one.</param>
/// <param name="Held">Those that held it.</param>
/// <param name="Published">When the article's detector warned for the first time.</param>
internal sealed record SeriesScore(ScoredSeries Series, double? Found, int Intervals, int Held, double? Published)
{
    /// <summary>A leak that was found before half of the way to its limit.</summary>
    public bool IsInTime => Series.Leak is { } leak && !IsFalse && Found < leak.HalfSeconds;

    /// <summary>An alarm without a leak, or before it.</summary>
    public bool IsFalse => Series.Leak is { } leak ? Found < leak.OnsetSeconds : Found is not null;

    /// <summary>The share of the intervals that held the true time.</summary>
    public static double Coverage(IReadOnlyCollection<SeriesScore> scores)
        => scores.Sum(score => score.Held) / (double)Math.Max(1, scores.Sum(score => score.Intervals));

    public static SeriesScore Of(ScoredSeries series)
    {
        var detector = new LeakDetector();
        double? found = null;
        int intervals = 0, held = 0;
        foreach (var point in series.Points)
        {
            var forecast = detector.Add(point, series.LimitBytes);
            if (forecast.TimeToLimit is not { } time)
                continue;
            found ??= point.Seconds;
            if (series.Leak is not { } leak)
                continue;
            intervals++;
            var left = leak.FullSeconds - point.Seconds;
            if (left >= time.Low && left <= (time.High ?? double.PositiveInfinity))
                held++;
        }
        return new(series, found, intervals, held, PublishedDetector.Warns(series));
    }
}
