using System.Diagnostics;
using Shop.Lab.Proof.Feeds;
using Shop.Lab.Proof.Running;

namespace Shop.Lab.Proof.Measuring;

/// <summary>What one window of operations costs a service that runs with a setting. Collections come when the runtime wants them.</summary>
/// <param name="WorkingSetBytes">The working set at the window's end.</param>
/// <param name="PauseShare">The share of the window's time in pauses of collections.</param>
/// <param name="OperationsPerSecond">The throughput.</param>
/// <param name="Gen2">The full collections in the window.</param>
internal readonly record struct SettingRound(long WorkingSetBytes, double PauseShare, double OperationsPerSecond, int Gen2)
{
    public static async Task<SettingRound> MeasureAsync(ProofSubject subject, int window, CancellationToken cancellationToken)
    {
        var before = await subject.Target.Probe.ReadProcessAsync(cancellationToken);
        var started = Stopwatch.GetTimestamp();
        await subject.Feed.OperateAsync(window, cancellationToken);
        var took = Stopwatch.GetElapsedTime(started);
        var after = await subject.Target.Probe.ReadProcessAsync(cancellationToken);
        return new SettingRound(
            after.WorkingSetBytes, (after.PauseMilliseconds - before.PauseMilliseconds) / took.TotalMilliseconds,
            window / took.TotalSeconds, after.Gen2Collections - before.Gen2Collections);
    }
}
