using Shop.Lab;
using Shop.Lab.Overhead;

namespace Shop.Tests.Lab;

/// <summary>What <c>lab overhead</c> says of its rounds. The rounds themselves take minutes, and are run by hand.</summary>
public sealed class OverheadTests
{
    private const int Rounds = 6;
    private const int Megabyte = 1024 * 1024;

    [Theory]
    [InlineData(0.002, 0.3, CommandLine.Done)]
    [InlineData(-0.002, -0.3, CommandLine.Done)]
    // Each limit by itself: 1 % of a core, 1 MB.
    [InlineData(0.011, 0.3, CommandLine.Failed)]
    [InlineData(0.002, 1.1, CommandLine.Failed)]
    public void MoreThanOnePercentOfACoreOrOneMegabyteFails(double cpu, double megabytes, int exitCode)
        => Assert.Equal(
            exitCode, OverheadCommand.Judge([.. Enumerable.Range(0, Rounds).Select(_ => Round(cpu, megabytes))], markdown: true));

    /// <summary>The machine's noise is in both processes of a round, but not in their difference.</summary>
    [Fact]
    public void TheCostIsTheDifferenceWithinARound()
    {
        var figures = OverheadFigure.Of([.. Enumerable.Range(0, Rounds).Select(round => Round(0.004, 0.3, noise: 0.05 * round))]);

        Assert.Equal(0.4, figures[0].Cost.Estimate, tolerance: 1e-9);
        Assert.True(figures[0].With.High - figures[0].With.Low > 20);
        Assert.All(figures, figure => Assert.Equal("below the limit", figure.Verdict));
    }

    [Fact]
    public void ASpreadThatIsLargerThanTheDifferenceOrHoldsTheLimitIsTold()
    {
        Assert.Equal("below the limit; the spread is larger than the difference", Verdict(-0.003, 0.004));
        Assert.Equal("cannot tell: the spread holds the limit", Verdict(-0.003, 0.014));
        Assert.Equal("above the limit", Verdict(0.011, 0.012));

        static string Verdict(double low, double high)
            => OverheadFigure.Of([.. Enumerable.Range(0, Rounds).Select(round => Round(round % 2 == 0 ? low : high, 0))])[0].Verdict;
    }

    private static OverheadRound Round(double cpu, double megabytes, double noise = 0) => new(
        new(0.05 + cpu + noise, (long)((20 + megabytes) * Megabyte)), new(0.05 + noise, 20 * Megabyte));
}
