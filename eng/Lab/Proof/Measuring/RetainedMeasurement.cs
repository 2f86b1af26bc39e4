using Shop.Lab.Proof.Feeds;
using Shop.Lab.Proof.Running;
using Shop.ServiceDefaults.Cases;

namespace Shop.Lab.Proof.Measuring;

/// <summary>What one operation leaves alive.</summary>
/// <param name="Operation">Bytes per operation, the control's already subtracted.</param>
/// <param name="Control">Bytes per operation of the traffic without the case.</param>
/// <param name="Instances">Instances of each tracked type per operation.</param>
/// <param name="Window">Operations per window in the end.</param>
/// <param name="LiveBytes">Operations done and bytes alive, from the first window to the last.</param>
internal sealed record Retained(Interval Operation, Interval Control, IReadOnlyDictionary<string, double> Instances, int Window, IReadOnlyList<(double X, double Y)> LiveBytes);

/// <summary>
/// Measures live bytes after full collections, window by window: first windows of traffic without the case, then windows
/// of operations. While neither above nor below the threshold, it repeats with windows of twice the size.
/// </summary>
internal sealed class RetainedMeasurement(CaseStudy study, ProofTarget target, ICaseFeed feed, int window, int warmUp, Action<double> report)
{
    private const int ControlWindows = 6;
    private const int OperationWindows = 8;
    private const int MaxWarmUpWindows = 12;
    private const int MaxDoublings = 3;

    /// <summary>Bytes per operation from which on growth counts: 5 % of what Leaky leaves, but no less than the noise of a service that leaks nothing.</summary>
    public static double Threshold(CaseStudy study) => Math.Max(8, study.Evidence.BytesPerOperation * 0.05);

    public async Task<Retained> RunAsync(CancellationToken cancellationToken)
    {
        await feed.PrepareAsync(cancellationToken);
        await WarmUpAsync(cancellationToken);
        for (var doubling = 0; ; doubling++)
        {
            var measured = await MeasureAsync(window << doubling, cancellationToken);
            var isDecided = measured.Operation.Against(Threshold(study)) != Finding.Inconclusive && measured.Control.Against(Threshold(study)) != Finding.Inconclusive;
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
            if (count * window >= warmUp && Math.Abs(growth - before) < Threshold(study))
                return;
            (live, before) = (now, growth);
        }
    }

    private async Task<Retained> MeasureAsync(int size, CancellationToken cancellationToken)
    {
        var control = await SeriesAsync(ControlWindows, size, feed.ControlAsync, 0.3, cancellationToken);
        var process = (await target.Probe.ReadProcessAsync(cancellationToken)).ProcessId;
        var before = await InstanceCounter.CountAsync(process, study.Evidence.TrackedTypes, cancellationToken);
        var operation = await SeriesAsync(OperationWindows, size, feed.OperateAsync, 0.6, cancellationToken);
        var after = await InstanceCounter.CountAsync(process, study.Evidence.TrackedTypes, cancellationToken);
        var controlSlope = Interval.Slope(control);
        double operations = OperationWindows * size;
        return new Retained(Interval.Slope(operation) - controlSlope, controlSlope, after.ToDictionary(type => type.Key, type => (type.Value - before[type.Key]) / operations), size, operation);
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
