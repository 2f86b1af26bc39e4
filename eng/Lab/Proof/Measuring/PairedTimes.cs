using System.Diagnostics;
using Shop.Lab.Proof.Feeds;

namespace Shop.Lab.Proof.Measuring;

/// <summary>
/// Times of one variant in terms of another's, and of that other's in terms of itself: what the second says of chance, the first must
/// exceed.
/// </summary>
/// <param name="Ratio">Time of the first over time of the second.</param>
/// <param name="Control">Time of the second over time of the second again (A/A).</param>
internal sealed record TimeComparison(Interval Ratio, Interval Control)
{
    // Less is never called a difference, however sure the interval is of it.
    private const double Smallest = 0.1;

    /// <summary>Whether the times differ: by a tenth or more, and by more than the control differs from itself.</summary>
    public bool IsDifference
    {
        get
        {
            var chance = Math.Max(Smallest, Math.Max(Control.High - 1, 1 - Control.Low));
            return Ratio.Low > 1 + chance || Ratio.High < 1 - chance;
        }
    }
}

/// <summary>Times interleaved pairs, so that whatever else the machine does meets both.</summary>
internal static class PairedTimes
{
    private const int Pairs = 31;

    public static async Task<TimeComparison> CompareAsync(
        ICaseFeed first, ICaseFeed second, int operations, Action<ProofStep> report, CancellationToken cancellationToken)
    {
        var ratios = new List<double>(Pairs);
        var controls = new List<double>(Pairs);
        for (var pair = 0; pair < Pairs; pair++)
        {
            // They take turns in going first: the second may find the machine warmer.
            var isEven = pair % 2 == 0;
            var a = isEven ? await TimeAsync(first, operations, cancellationToken) : 0;
            var b = await TimeAsync(second, operations, cancellationToken);
            var again = await TimeAsync(second, operations, cancellationToken);
            a = isEven ? a : await TimeAsync(first, operations, cancellationToken);
            ratios.Add(a / (isEven ? b : again));
            controls.Add(isEven ? b / again : again / b);
            report(new(1, FormattableString.Invariant($"{pair + 1} of {Pairs} pairs timed")));
        }
        return new(Interval.Median(ratios), Interval.Median(controls));
    }

    private static async Task<double> TimeAsync(ICaseFeed feed, int operations, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        await feed.OperateAsync(operations, cancellationToken);
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }
}
