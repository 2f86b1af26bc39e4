using Shop.Lab.Proof.Feeds;

namespace Shop.Lab.Proof.Measuring;

/// <summary>
/// Measures growth window by window: first windows of traffic without the case, then windows of operations. While it is neither above
/// nor below the threshold, it repeats with windows of twice the size.
/// </summary>
internal sealed class GrowthMeasurement(
    double threshold, IGrowthReading reading, ICaseFeed feed, int window, int warmUp, Action<double> report)
{
    private const int ControlWindows = 6;
    private const int OperationWindows = 8;
    private const int MaxWarmUpWindows = 12;
    private const int MaxDoublings = 3;

    public async Task<GrowthResult> RunAsync(CancellationToken cancellationToken)
    {
        await feed.PrepareAsync(cancellationToken);
        await WarmUpAsync(cancellationToken);
        for (var doubling = 0; ; doubling++)
        {
            var measured = await MeasureAsync(window << doubling, cancellationToken);
            if (IsDecided(measured.Operation) && IsDecided(measured.Control) || doubling == MaxDoublings)
            {
                report(1);
                return measured;
            }
        }
    }

    private bool IsDecided(Interval growth) => growth.Against(threshold) != Finding.Inconclusive;

    // Until growth no longer falls: caches are filled, code is compiled, pools have grown.
    private async Task WarmUpAsync(CancellationToken cancellationToken)
    {
        var before = double.NaN;
        var live = await reading.ReadAsync(cancellationToken);
        for (var count = 1; count <= MaxWarmUpWindows; count++)
        {
            await feed.ControlAsync(window, cancellationToken);
            await feed.OperateAsync(window, cancellationToken);
            var now = await reading.ReadAsync(cancellationToken);
            var growth = (double)(now - live) / window;
            report(0.3 * count / MaxWarmUpWindows);
            if (count * window >= warmUp && growth > before - threshold)
                return;
            (live, before) = (now, growth);
        }
    }

    private async Task<GrowthResult> MeasureAsync(int size, CancellationToken cancellationToken)
    {
        // The first window of each traffic is not measured: it fills what the other has left empty.
        await feed.ControlAsync(size, cancellationToken);
        var control = await SeriesAsync(ControlWindows, size, feed.ControlAsync, 0.3, cancellationToken);
        await feed.OperateAsync(size, cancellationToken);
        var before = await reading.CountInstancesAsync(cancellationToken);
        var operation = await SeriesAsync(OperationWindows, size, feed.OperateAsync, 0.6, cancellationToken);
        var after = await reading.CountInstancesAsync(cancellationToken);
        var controlSlope = Interval.Slope(control);
        return new GrowthResult(Interval.Slope(operation) - controlSlope, controlSlope, before, after, size, operation);
    }

    private async Task<List<(double X, double Y)>> SeriesAsync(
        int windows, int size, Func<int, CancellationToken, Task> run, double progress, CancellationToken cancellationToken)
    {
        var series = new List<(double X, double Y)> { (0, await reading.ReadAsync(cancellationToken)) };
        for (var count = 1; count <= windows; count++)
        {
            await run(size, cancellationToken);
            series.Add(((double)count * size, await reading.ReadAsync(cancellationToken)));
            report(progress + (0.3 * count / windows));
        }
        return series;
    }
}
