using Shop.Lab.Forecast;

namespace Shop.Tests.Forecast;

/// <summary>What <c>lab forecast --scoreboard</c> prints.</summary>
public sealed class ScoreTests
{
    private const double MinCoverage = 0.9;

    [Fact]
    public void EachScoredLeakIsFoundInTimeAndNothingElseIsCalledOne()
    {
        var scores = SeriesSets.Scored().Select(SeriesScore.Of).ToList();
        var (leaks, healthy) = (Leaks(scores), Healthy(scores));

        Assert.True(scores.Count >= 40, $"There are {scores.Count} series.");
        Assert.True(2 * healthy.Count >= scores.Count, $"{healthy.Count} of {scores.Count} series are without a leak.");
        Assert.DoesNotContain(scores, score => score.IsFalse);
        Assert.All(leaks, score => Assert.True(score.IsInTime, $"{score.Series.Name} was found at {score.Found}, {score.Series.Leak}."));
        Assert.InRange(SeriesScore.Coverage(leaks), MinCoverage, 1);
    }

    /// <summary>The detector was not made with these: other seeds, and each series has parameters of its own.</summary>
    [Fact]
    public void TheHeldOutSeriesAreJudgedAlike()
    {
        var scores = SeriesSets.HeldOut().Select(SeriesScore.Of).ToList();
        var leaks = Leaks(scores);

        Assert.DoesNotContain(scores, score => score.IsFalse);
        Assert.InRange(leaks.Count(score => score.IsInTime), 0.9 * leaks.Count, leaks.Count);
        Assert.InRange(SeriesScore.Coverage(leaks), MinCoverage, 1);
    }

    /// <summary>Its counts never fall, so it warns of what stopped growing.</summary>
    [Fact]
    public void TheArticlesDetectorFindsNoLeakAndWarnsOfIdleServices()
    {
        var series = SeriesSets.Scored().ToList();

        Assert.DoesNotContain(series, each => each.Leak is not null && PublishedDetector.Warns(each) is not null);
        Assert.Contains(series, each => each.Leak is null && PublishedDetector.Warns(each) is not null);
    }

    /// <summary>A warm-up that was called a leak would else be a leak that was found early.</summary>
    [Fact]
    public void AnAlarmBeforeTheLeakIsFalse()
    {
        var series = new ScoredSeries("a leak", "later", [], 1, new LeakTruth(OnsetSeconds: 100, HalfSeconds: 200, FullSeconds: 300), []);
        var (early, inTime) = (new SeriesScore(series, 99, 0, 0, null), new SeriesScore(series, 100, 0, 0, null));

        Assert.Equal((true, false), (early.IsFalse, early.IsInTime));
        Assert.Equal((false, true), (inTime.IsFalse, inTime.IsInTime));
    }

    [Fact]
    public void ASeedGivesTheSameSeries()
        => Assert.Equal(SeriesSets.Scored().SelectMany(series => series.Points), SeriesSets.Scored().SelectMany(series => series.Points));

    private static List<SeriesScore> Leaks(List<SeriesScore> scores) => [.. scores.Where(score => score.Series.Leak is not null)];

    private static List<SeriesScore> Healthy(List<SeriesScore> scores) => [.. scores.Where(score => score.Series.Leak is null)];
}
