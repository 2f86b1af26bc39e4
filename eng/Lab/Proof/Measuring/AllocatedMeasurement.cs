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
internal sealed class AllocatedMeasurement(IServiceProbe probe, ICaseFeed feed, int window, Action<ProofStep> report)
{
    private const int WarmUpWindows = 2;
    private const int Windows = 9;
    private readonly List<(double X, double Y)> _windows = [];
    private int _gen2;
    private double _pause;

    /// <summary>Warms the service up; call it once, before the first measurement.</summary>
    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        await feed.PrepareAsync(cancellationToken);
        for (var count = 1; count <= WarmUpWindows; count++)
        {
            await feed.OperateAsync(window, cancellationToken);
            report(new(0.2 * count / WarmUpWindows, "warming up"));
        }
    }

    /// <summary>Measures some windows; called again, it measures further ones, and the result is that of all.</summary>
    public async Task<AllocatedResult> RunAsync(CancellationToken cancellationToken)
    {
        var last = await probe.ReadProcessAsync(cancellationToken);
        for (var count = 1; count <= Windows; count++)
        {
            await feed.OperateAsync(window, cancellationToken);
            var now = await probe.ReadProcessAsync(cancellationToken);
            _windows.Add(((_windows.Count + 1) * window, (double)(now.AllocatedBytes - last.AllocatedBytes) / window));
            _gen2 += now.Gen2Collections - last.Gen2Collections;
            _pause += now.PauseMilliseconds - last.PauseMilliseconds;
            last = now;
            report(ProofStep.Operations(
                0.2 + (0.8 * count / Windows), _windows.Count * window, (_windows.Count - count + Windows) * window));
        }
        var thousands = _windows.Count * window / 1_000.0;
        return new AllocatedResult(
            Interval.Median(_windows.Select(point => point.Y)), _gen2 / thousands, _pause / thousands, [.. _windows]);
    }
}
