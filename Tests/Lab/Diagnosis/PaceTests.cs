using Shop.Lab.Diagnosis;

namespace Shop.Tests.Lab.Diagnosis;

public sealed class PaceTests
{
    private const double Soonest = 4;

    /// <summary>Who waits for a slow leak does not stop the process every few seconds.</summary>
    [Theory]
    [InlineData(30, 3, 7)]
    [InlineData(3_600, 12, 20)]
    public void AnHourTakesFewSnapshotsAndTheLastAtItsEnd(double limit, int least, int most)
    {
        List<double> times = [1];
        while (times[^1] < limit)
            times.Add(Math.Max(times[^1] + Soonest, Pace.Next(times[0], times[^1], limit)));

        Assert.InRange(times.Count, least, most);
        Assert.InRange(times[^1], limit, limit + Soonest);
    }

    /// <summary>After a first interval that was long, because the tool itself started in it, the next is not a moment.</summary>
    [Fact]
    public void TheNextIntervalIsHalfOfTheTimeBefore() => Assert.Equal(45, Pace.Next(first: 0, last: 30, limit: 3_600));
}
