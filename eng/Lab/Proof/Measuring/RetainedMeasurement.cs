using Shop.Lab.Proof.Feeds;
using Shop.Lab.Proof.Running;

namespace Shop.Lab.Proof.Measuring;

/// <summary>What one operation leaves alive.</summary>
/// <param name="Operation">Bytes per operation, the control's already subtracted.</param>
/// <param name="Control">Bytes per operation of the traffic without the case.</param>
/// <param name="Instances">Instances of each tracked type per operation.</param>
/// <param name="Window">Operations per window in the end.</param>
/// <param name="LiveBytes">Operations done and bytes alive, from the first window to the last.</param>
internal sealed record RetainedResult(
    Interval Operation, Interval Control, IReadOnlyDictionary<string, double> Instances, int Window,
    IReadOnlyList<(double X, double Y)> LiveBytes);

/// <summary>
/// Measures live bytes after full collections, window by window: first windows of traffic without the case, then windows
/// of operations. While neither above nor below the threshold, it repeats with windows of twice the size.
/// </summary>
internal sealed class RetainedMeasurement(double threshold, IReadOnlyList<string> trackedTypes, ProofTarget target, ICaseFeed feed, int window, int warmUp, Action<double> report)
{
    private const int ControlWindows = 6;
    private const int OperationWindows = 8;
    private const int MaxWarmUpWindows = 12;
    private const int MaxDoublings = 3;

    public async Task<RetainedResult> RunAsync(CancellationToken cancellationToken)
    {
        await feed.PrepareAsync(cancellationToken);
        await WarmUpAsync(cancellationToken);
        for (var doubling = 0; ; doubling++)
        {
            var measured = await MeasureAsync(window << doubling, cancellationToken);
            var isDecided = measured.Operation.Against(threshold) != Finding.Inconclusive && measured.Control.Against(threshold) != Finding.Inconclusive;
            if (isDecided || doubling == MaxDoublings)
            {
                report(1);
                return measured;
            }
        }
    }

    // Until two windows agree: caches are filled, code is compiled, pools have grown.
    private async Task WarmUpAsync(CancellationToken cancellationToken)
    {
        var before = double.NaN;
        var live = await target.Probe.ReadLiveBytesAsync(cancellationToken);
        for (var count = 1; count <= MaxWarmUpWindows; count++)
        {
            await feed.ControlAsync(window, cancellationToken);
            await feed.OperateAsync(window, cancellationToken);
            var now = await target.Probe.ReadLiveBytesAsync(cancellationToken);
            var growth = (double)(now - live) / window;
            report(0.3 * count / MaxWarmUpWindows);
            if (count * window >= warmUp && Math.Abs(growth - before) < threshold)
                return;
            (live, before) = (now, growth);
        }
    }

    private async Task<RetainedResult> MeasureAsync(int size, CancellationToken cancellationToken)
    {
        var control = await SeriesAsync(ControlWindows, size, feed.ControlAsync, 0.3, cancellationToken);
        var process = (await target.Probe.ReadProcessAsync(cancellationToken)).ProcessId;
        var before = await InstanceCounter.CountAsync(process, trackedTypes, cancellationToken);
        var operation = await SeriesAsync(OperationWindows, size, feed.OperateAsync, 0.6, cancellationToken);
        var after = await InstanceCounter.CountAsync(process, trackedTypes, cancellationToken);
        var controlSlope = Interval.Slope(control);
        double operations = OperationWindows * size;
        var instances = after.ToDictionary(type => type.Key, type => (type.Value - before[type.Key]) / operations);
        return new RetainedResult(Interval.Slope(operation) - controlSlope, controlSlope, instances, size, operation);
    }

    private async Task<List<(double X, double Y)>> SeriesAsync(int windows, int size, Func<int, CancellationToken, Task> run, double progress, CancellationToken cancellationToken)
    {
        var series = new List<(double X, double Y)> { (0, await target.Probe.ReadLiveBytesAsync(cancellationToken)) };
        for (var count = 1; count <= windows; count++)
        {
            await run(size, cancellationToken);
            series.Add(((double)count * size, await target.Probe.ReadLiveBytesAsync(cancellationToken)));
            report(progress + (0.3 * count / windows));
        }
        return series;
    }
}
