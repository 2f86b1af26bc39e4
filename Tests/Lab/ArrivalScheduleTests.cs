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

    private static TimeSpan[] Take(bool isConstant, int seed)
    {
        var schedule = new ArrivalSchedule(20, TimeSpan.FromSeconds(5), isConstant, seed);
        return [.. Enumerable.Range(0, 500).Select(_ => schedule.Next().Due)];
    }
}
