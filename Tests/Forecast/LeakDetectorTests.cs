using Shop.ServiceDefaults.Forecast;

namespace Shop.Tests.Forecast;

/// <summary>The verdicts on single series; how often they are right is in <see cref="ScoreTests"/>.</summary>
public sealed class LeakDetectorTests
{
    private const double Megabyte = 1_000_000;
    private const double Interval = 10;
    private readonly Random _random = new(7);
    private readonly LeakDetector _detector = new();
    private int _points;

    [Fact]
    public void BelowSixCollectionsThereIsNotEnoughData()
    {
        for (var count = 1; count < LeakDetector.MinCollections; count++)
            Assert.Equal(new(HeapVerdict.NotEnoughData, count, null, null, null), Add(100 * count, limit: 1_000));

        Assert.NotEqual(HeapVerdict.NotEnoughData, Add(600, limit: 1_000).Verdict);
    }

    [Fact]
    public void AnHourOfASteadyHeapIsSteady()
    {
        for (var index = 0; index < 360; index++)
        {
            var forecast = Add(Noisy(100), limit: 150);
            Assert.True(forecast.Verdict is HeapVerdict.NotEnoughData or HeapVerdict.Steady or HeapVerdict.Filling);
            Assert.Null(forecast.TimeToLimit);
        }
        Assert.Equal(HeapVerdict.Steady, Add(100, limit: 150).Verdict);
    }

    /// <summary>A service of a few megabytes on a large machine: its limit is days away, and it leaks.</summary>
    [Fact]
    public void ASmallHeapFarFromItsLimitIsALeakIfItGrowsEvenly()
    {
        var forecast = Until(HeapVerdict.Leak, index => Noisy(20 + (0.4 * index)), limit: 24_000);

        Assert.InRange(_points, 30, 60);
        Assert.InRange(forecast.Trend!.Value.Low, 0, 0.04 * Megabyte);
        Assert.InRange(forecast.Trend.Value.High, 0.04 * Megabyte, double.MaxValue);
        Assert.InRange(TimeSpan.FromSeconds(forecast.TimeToLimit!.Value.Seconds), TimeSpan.FromDays(5), TimeSpan.FromDays(9));
    }

    [Fact]
    public void AColdServiceUnderATightLimitIsNotALeakWhileItWarmsUp()
    {
        var verdicts = new HashSet<HeapVerdict>();
        for (var index = 0; index < 120; index++)
            verdicts.Add(Add(Noisy(90 - (75 * Math.Exp(-index / 15.0))), limit: 100).Verdict);

        Assert.DoesNotContain(HeapVerdict.Leak, verdicts);
        Assert.Contains(HeapVerdict.Filling, verdicts);
        Assert.Equal(HeapVerdict.Steady, Add(90, limit: 100).Verdict);
    }

    [Fact]
    public void ALeakEndsWhenTheGrowthDoes()
    {
        Until(HeapVerdict.Leak, index => Noisy(20 + (0.4 * index)), limit: 24_000);
        var level = 20 + (0.4 * _points);
        Until(HeapVerdict.Steady, _ => Noisy(level), limit: 24_000);

        Assert.InRange(_points, 40, 200);
    }

    [Fact]
    public void TheSeriesIsBoundedAndKeepsTheWholePast()
    {
        var series = new HeapSeries();
        for (var index = 0; index < 100_000; index++)
            series.Add(new(index, index));

        Assert.InRange(series.Past.Count, HeapSeries.MaxPast / 2, HeapSeries.MaxPast);
        Assert.Equal(HeapSeries.MaxRecent, series.Recent.Count);
        Assert.Equal(0, series.Past[0].Seconds);
        Assert.InRange(series.Past[^1].Seconds, 95_000, 99_999);
        Assert.Equal(99_999, series.Recent[^1].Seconds);
    }

    private HeapForecast Until(HeapVerdict verdict, Func<int, double> megabytes, double limit)
    {
        for (var index = 0; index < 200; index++)
        {
            if (Add(megabytes(_points), limit) is var forecast && forecast.Verdict == verdict)
                return forecast;
        }
        throw new InvalidOperationException($"The verdict was never {verdict}.");
    }

    private HeapForecast Add(double megabytes, double limit)
        => _detector.Add(new(Interval * ++_points, megabytes * Megabyte), limit * Megabyte);

    private double Noisy(double megabytes) => megabytes * (0.99 + (0.02 * _random.NextDouble()));
}
