using Shop.Lab.Proof.Feeds;
using Shop.Lab.Proof.Running;

namespace Shop.Lab.Proof.Measuring;

/// <summary>
/// Measures the highest live heap above its baseline during one operation, on few and on many rows, and the bytes by which each further row
/// raises it. Live bytes are read by collections while the operation runs, so garbage does not count.
/// </summary>
internal sealed class PeakMeasurement(IServiceProbe probe, ICaseFeed feed, int rows, Action<ProofStep> report)
{
    private const int Pairs = 7;
    // Many rows for each of the few: a peak that grows with the data then grows by a multiple.
    private const int Factor = 4;

    public async Task<PeakResult> RunAsync(CancellationToken cancellationToken)
    {
        await feed.PrepareAsync(cancellationToken);
        await MeasureAsync(rows, cancellationToken);
        var pairs = new List<(long Few, long Many)>(Pairs);
        for (var count = 1; count <= Pairs; count++)
        {
            pairs.Add((await MeasureAsync(rows, cancellationToken), await MeasureAsync(rows * Factor, cancellationToken)));
            report(new(
                (double)count / Pairs, FormattableString.Invariant($"{count} of {Pairs} pairs of {rows:N0} and {rows * Factor:N0} rows")));
        }
        var perRow = Interval.Median(pairs.Select(pair => (double)(pair.Many - pair.Few) / (rows * (Factor - 1))));
        return new PeakResult(perRow, [(rows, pairs.Average(pair => pair.Few)), (rows * Factor, pairs.Average(pair => pair.Many))]);
    }

    private async Task<long> MeasureAsync(int size, CancellationToken cancellationToken)
    {
        var baseline = await probe.ReadLiveBytesAsync(cancellationToken);
        var operation = feed.OperateAsync(size, cancellationToken);
        var peak = baseline;
        while (!operation.IsCompleted)
            peak = Math.Max(peak, await probe.CollectAsync(cancellationToken));
        await operation;
        return peak - baseline;
    }
}
