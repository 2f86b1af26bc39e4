using Shop.Lab.Proof.Measuring;

namespace Shop.Tests.Lab;

public sealed class IntervalTests
{
    [Fact]
    public void TheSlopeOfALineIsExact()
    {
        var slope = Interval.Slope([.. Enumerable.Range(0, 9).Select(index => ((double)index * 100, 5 + (index * 120_000.0)))]);
        Assert.Equal(new Interval(1_200, 1_200, 1_200), slope);
    }

    [Fact]
    public void OneOutlierDoesNotMoveTheSlope()
    {
        var points = Enumerable.Range(0, 9).Select(index => ((double)index, index * 10.0)).ToArray();
        points[4].Item2 = 100_000;
        var slope = Interval.Slope(points);

        Assert.Equal(10, slope.Estimate);
        Assert.InRange(slope.Low, -1_000_000, 10);
        Assert.InRange(slope.High, 10, 1_000_000);
    }

    /// <summary>A 95 % interval misses the true slope in about one of twenty noisy series; the series are seeded.</summary>
    [Fact]
    public void TheIntervalContainsTheTrueSlopeInAtLeastNineOfTenSeries()
    {
        var random = new Random(1);
        var contained = Enumerable.Range(0, 1_000).Count(_ =>
        {
            var points = Enumerable.Range(0, 9).Select(index => ((double)index, (index * 3.0) + (random.NextDouble() * 20)));
            var slope = Interval.Slope([.. points]);
            return slope.Low <= 3 && slope.High >= 3;
        });
        Assert.InRange(contained, 900, 1_000);
    }

    [Fact]
    public void TheIntervalOfTheMedianOf31RunsFromThe10thToThe22nd()
        => Assert.Equal(new Interval(16, 10, 22), Interval.Median(Enumerable.Range(1, 31).Select(value => (double)value).Reverse()));

    [Fact]
    public void TheIntervalOfTheMedianOf9RunsFromThe2ndToThe8th()
        => Assert.Equal(new Interval(5, 2, 8), Interval.Median(Enumerable.Range(1, 9).Select(value => (double)value)));

    [Theory]
    [InlineData(1_100, 1_300, Finding.Grows)]
    [InlineData(-5, 9, Finding.Flat)]
    [InlineData(-5, 61, Finding.Inconclusive)]
    [InlineData(59, 1_300, Finding.Inconclusive)]
    public void OnlyAnIntervalEntirelyOnOneSideOfTheLimitIsConclusive(double low, double high, object expected)
        => Assert.Equal((Finding)expected, new Interval((low + high) / 2, low, high).Against(60));

    [Fact]
    public void ADifferenceOfTimesMustExceedTheNoise()
    {
        var quiet = new Interval(1, 0.98, 1.02);
        Assert.True(new TimeComparison(new(1.4, 1.3, 1.5), quiet).IsDifference);
        Assert.False(new TimeComparison(new(1.07, 1.05, 1.09), quiet).IsDifference);
        Assert.False(new TimeComparison(new(1.4, 1.3, 1.5), new(1, 0.7, 1.35)).IsDifference);
    }
}
