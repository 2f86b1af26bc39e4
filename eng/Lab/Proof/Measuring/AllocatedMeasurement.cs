using Shop.Lab.Proof.Feeds;
using Shop.Lab.Proof.Running;

namespace Shop.Lab.Proof.Measuring;

/// <summary>What operations allocate, live or not.</summary>
/// <param name="BytesPerOperation">Bytes that the process allocates per operation.</param>
/// <param name="Gen2Per1000">Full collections per 1,000 operations, over all windows.</param>
/// <param name="PausePer1000">Milliseconds that collections stop the process per 1,000 operations, over all windows.</param>
/// <param name="Windows">Operations done and bytes allocated per operation, window by window.</param>
internal sealed record AllocatedResult(
    Interval BytesPerOperation, double Gen2Per1000, double PausePer1000, IReadOnlyList<(double X, double Y)> Windows);

/// <summary>Measures allocations window by window; collections come when the runtime wants them, as in production.</summary>
internal sealed class AllocatedMeasurement(IServiceProbe probe, ICaseFeed feed, int window, Action<double> report)
{
    private const int WarmUpWindows = 2;
    private const int Windows = 9;

    /// <summary>Warms the service up; call it once, before the first measurement.</summary>
    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        await feed.PrepareAsync(cancellationToken);
        for (var count = 0; count < WarmUpWindows; count++)
            await feed.OperateAsync(window, cancellationToken);
        report(0.2);
    }

    public async Task<AllocatedResult> RunAsync(CancellationToken cancellationToken)
    {
        var start = await probe.ReadProcessAsync(cancellationToken);
        var windows = new List<(double X, double Y)>(Windows);
        var last = start;
        for (var count = 1; count <= Windows; count++)
        {
            await feed.OperateAsync(window, cancellationToken);
            var now = await probe.ReadProcessAsync(cancellationToken);
            windows.Add((count * window, (double)(now.AllocatedBytes - last.AllocatedBytes) / window));
            last = now;
            report(0.2 + (0.8 * count / Windows));
        }
        var thousands = Windows * window / 1_000.0;
        return new AllocatedResult(
            Interval.Median(windows.Select(point => point.Y)), (last.Gen2Collections - start.Gen2Collections) / thousands,
            (last.PauseMilliseconds - start.PauseMilliseconds) / thousands, windows);
    }
}
