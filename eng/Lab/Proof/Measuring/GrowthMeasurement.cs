using Shop.Lab.Proof.Feeds;

namespace Shop.Lab.Proof.Measuring;

/// <summary>
/// Measures growth window by window: first of traffic without the case, then of operations. A series that does not say yet whether growth
/// is above the threshold or below is continued.
/// </summary>
internal sealed class GrowthMeasurement(
    double threshold, IGrowthReading reading, ICaseFeed feed, int window, int warmUp, Action<ProofStep> report)
{
    private const int ControlWindows = 6;
    private const int OperationWindows = 8;
    private const int MaxWarmUpWindows = 12;
    private const int FurtherWindows = 4;
    private const int MaxWindows = 64;

    public async Task<GrowthResult> RunAsync(CancellationToken cancellationToken)
    {
        await feed.PrepareAsync(cancellationToken);
        await WarmUpAsync(cancellationToken);
        // The first window of each traffic is not measured: it fills what the other has left empty.
        await feed.ControlAsync(window, cancellationToken);
        var controlSeries = await SeriesAsync(ControlWindows, feed.ControlAsync, IsNarrow, ControlStep, cancellationToken);
        var control = Interval.Slope(controlSeries);
        await feed.OperateAsync(window, cancellationToken);
        var before = await reading.CountInstancesAsync(cancellationToken);
        var series = await SeriesAsync(
            OperationWindows, feed.OperateAsync, growth => IsDecided(growth - control), OperationStep, cancellationToken);
        var after = await reading.CountInstancesAsync(cancellationToken);
        var operations = (series.Count - 1) * window;
        report(ProofStep.Operations(1, operations, operations));
        return new GrowthResult(Interval.Slope(series) - control, control, before, after, series);
    }

    private bool IsDecided(Interval growth) => growth.Against(threshold) != Finding.Inconclusive;

    // What is subtracted from the growth of the operations must leave them room to be decided.
    private bool IsNarrow(Interval control) => control.High - control.Low <= threshold;

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
            report(new(0.3 * count / MaxWarmUpWindows, FormattableString.Invariant($"warming up, {count * window:N0} operations")));
            if (count * window >= warmUp && growth > before - threshold)
                return;
            (live, before) = (now, growth);
        }
    }

    private static ProofStep ControlStep(int done, int planned)
        => new(0.3 + (0.3 * done / planned), FormattableString.Invariant($"{done} of {planned} windows without the case"));

    private ProofStep OperationStep(int done, int planned)
        => ProofStep.Operations(0.6 + (0.3 * done / planned), done * window, planned * window);

    private async Task<List<(double X, double Y)>> SeriesAsync(
        int windows, Func<int, CancellationToken, Task> run, Predicate<Interval> isEnough, Func<int, int, ProofStep> stepOf,
        CancellationToken cancellationToken)
    {
        var series = new List<(double X, double Y)> { (0, await reading.ReadAsync(cancellationToken)) };
        for (var end = windows; end <= MaxWindows; end += FurtherWindows)
        {
            while (series.Count <= end)
            {
                await run(window, cancellationToken);
                series.Add(((double)series.Count * window, await reading.ReadAsync(cancellationToken)));
                report(stepOf(series.Count - 1, end));
            }
            if (isEnough(Interval.Slope(series)))
                break;
        }
        return series;
    }
}
