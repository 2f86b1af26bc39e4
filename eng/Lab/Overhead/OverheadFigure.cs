using Shop.Lab.Proof.Measuring;

namespace Shop.Lab.Overhead;

/// <summary>One figure of what the memory monitoring costs a service. The intervals are of 95 %, of the medians of the rounds.</summary>
/// <param name="Name">The figure, with its unit.</param>
/// <param name="With">The service with the monitoring.</param>
/// <param name="Without">The service without it.</param>
/// <param name="Cost">The difference within a round, in which both met the same machine.</param>
/// <param name="Limit">What it may cost.</param>
internal sealed record OverheadFigure(string Name, Interval With, Interval Without, Interval Cost, double Limit)
{
    private const double Percent = 100;
    private const double Megabyte = 1024 * 1024;
    private const double CpuLimitPercent = 1;
    private const double LiveLimitMegabytes = 1;

    /// <summary>Whether all of the interval is within the limit.</summary>
    public bool IsWithin => Cost.Against(Limit) == Finding.Flat;

    /// <summary>What the rounds say.</summary>
    public string Verdict => Cost.Against(Limit) switch
    {
        Finding.Grows => "above the limit",
        Finding.Inconclusive => "cannot tell: the spread holds the limit",
        _ when Cost is { Low: <= 0, High: >= 0 } => "below the limit; the spread is larger than the difference",
        _ => "below the limit",
    };

    /// <summary>The figures of at least six rounds: CPU and live bytes.</summary>
    public static IReadOnlyList<OverheadFigure> Of(IReadOnlyList<OverheadRound> rounds) =>
    [
        Of("CPU, % of a core", rounds, reading => reading.CpuShare * Percent, CpuLimitPercent),
        Of("live after full collections, MB", rounds, reading => reading.LiveBytes / Megabyte, LiveLimitMegabytes),
    ];

    private static OverheadFigure Of(
        string name, IReadOnlyList<OverheadRound> rounds, Func<OverheadReading, double> read, double limit) => new(
        name, Interval.Median(rounds.Select(round => read(round.With))), Interval.Median(rounds.Select(round => read(round.Without))),
        Interval.Median(rounds.Select(round => read(round.With) - read(round.Without))), limit);
}
