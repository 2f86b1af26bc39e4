using Shop.Lab.Page.Charts;

namespace Shop.Tests.Lab.Page;

[Part(Part.Quick)]
public sealed class ChartTests
{
    private static readonly DateTime Start = new(2026, 1, 1, 12, 0, 58);

    /// <summary>A line across the time in which a service was away would say that it was measured.</summary>
    [Fact]
    public void ALineHasAGapWhereNothingWasMeasured()
    {
        var line = new ChartLine("", [Value(0), Value(1), Value(2, null), Value(20), Value(21)]);

        Assert.Equal([2, 2], line.Parts().Select(part => part.Count));
    }

    [Fact]
    public void ATableHasTheLastValueOfEachMinute()
    {
        var line = new ChartLine("", [Value(0, 1), Value(1, 2), Value(2, 3), Value(3, 4)]);

        Assert.Equal([(new DateTime(2026, 1, 1, 12, 0, 0), 2), (new DateTime(2026, 1, 1, 12, 1, 0), 4)],
            line.ByMinute().Select(minute => (minute.Key, minute.Value!.Value)));
    }

    [Theory]
    [InlineData(null, 0, 2)]
    [InlineData(0.0, 1, 0.2)]
    [InlineData(0.6, 0, 2)]
    [InlineData(12.4, 1, 20)]
    [InlineData(20.0, 1, 20)]
    [InlineData(209.0, 0, 400)]
    [InlineData(999.0, 0, 1000)]
    public void AScaleEndsAtTheNextRoundNumber(double? max, int decimals, double top)
        => Assert.Equal(top, ValueScale.TopOf(max, decimals), precision: 6);

    private static ChartValue Value(int second, double? value = 1) => new(Start.AddSeconds(second), value);
}
