using Shop.Lab.Load;

namespace Shop.Tests.Lab;

public sealed class ArrivalScheduleTests
{
    [Fact]
    public void TheRateRisesDuringTheRampAndThenStaysConstant()
    {
        var schedule = new ArrivalSchedule(ratePerSecond: 20, ramp: TimeSpan.FromSeconds(20), isConstant: true, seed: 1);
        var due = Enumerable.Range(0, 400).Select(_ => schedule.Next().Due.TotalSeconds).ToArray();

        // The ramp contains half of the arrivals at the full rate, and a quarter of these fall into its first half.
        Assert.InRange(due.Count(seconds => seconds <= 20), 199, 201);
        Assert.InRange(due.Count(seconds => seconds <= 10), 49, 51);
        Assert.InRange(due.Count(seconds => seconds is > 25 and <= 30), 99, 101);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void ArrivalsAreOrderedAndReproducibleFromTheSeed(bool isConstant)
    {
        var first = Take(isConstant, seed: 7);

        Assert.Equal(first, Take(isConstant, seed: 7));
        Assert.Equal(first.Order(), first);
        Assert.Equal(isConstant, first.SequenceEqual(Take(isConstant, seed: 8)));
    }

    [Theory]
    [InlineData(20, 100)]
    [InlineData(200, 1)]
    [InlineData(1, 200)]
    public void AChangeOfTheRateMakesNeitherAGapNorABurst(int from, int to)
    {
        var ramp = TimeSpan.FromSeconds(5);
        var schedule = new ArrivalSchedule(from, ramp, isConstant: true, seed: 1);
        while (schedule.Next().Due.TotalSeconds < 20)
        {
        }
        schedule.ChangeRate(to, at: TimeSpan.FromSeconds(20));
        var due = new List<double> { schedule.Current.Due.TotalSeconds };
        while (due[^1] < 60)
            due.Add(schedule.Next().Due.TotalSeconds);

        // From the old rate evenly to the new one: the ramp has as many arrivals as the mean of both rates.
        Assert.InRange(due.Count(seconds => seconds < 25), ((from + to) / 2 * 5) - 2, ((from + to) / 2 * 5) + 3);
        Assert.InRange(due.Count(seconds => seconds is >= 30 and < 50), (to * 20) - 1, (to * 20) + 1);
        var gaps = due.Zip(due.Skip(1), (earlier, later) => later - earlier).ToList();
        Assert.InRange(gaps.Max(), 0, 1.01 / Math.Min(from, to));
        Assert.InRange(gaps.Min(), 0.99 / Math.Max(from, to), 1);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void AChangeToTheSameRateMovesNothing(bool isConstant)
    {
        var changed = new ArrivalSchedule(20, TimeSpan.FromSeconds(5), isConstant, seed: 7);
        var unchanged = new ArrivalSchedule(20, TimeSpan.FromSeconds(5), isConstant, seed: 7);
        for (var arrival = 0; arrival < 500; arrival++)
        {
            var (now, expected) = (changed.Next(), unchanged.Next());
            Assert.Equal(expected.Number, now.Number);
            Assert.InRange(now.Due - expected.Due, TimeSpan.FromMicroseconds(-1), TimeSpan.FromMicroseconds(1));
            // A generator that is late changes the rate after arrivals that it has not started yet.
            if (arrival > 200)
                changed.ChangeRate(20, at: now.Due + TimeSpan.FromSeconds(0.2));
        }
    }

    [Fact]
    public void AChangeDuringTheRampGoesOnFromTheRateReached()
    {
        var schedule = new ArrivalSchedule(100, TimeSpan.FromSeconds(10), isConstant: true, seed: 1);
        schedule.ChangeRate(10, at: TimeSpan.FromSeconds(5));
        var due = Enumerable.Range(0, 2_000).Select(_ => schedule.Next().Due.TotalSeconds).ToArray();

        // Up to 50 a second in 5 s, then down to 10 in 10 s.
        Assert.InRange(due.Count(seconds => seconds <= 5), 124, 126);
        Assert.InRange(due.Count(seconds => seconds is > 5 and <= 15), 299, 301);
        Assert.InRange(due.Count(seconds => seconds is > 20 and <= 30), 99, 101);
    }

    private static TimeSpan[] Take(bool isConstant, int seed)
    {
        var schedule = new ArrivalSchedule(20, TimeSpan.FromSeconds(5), isConstant, seed);
        return [.. Enumerable.Range(0, 500).Select(_ => schedule.Next().Due)];
    }
}
