using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Shop.ServiceDefaults.Cases;

/// <summary>Monitors the items that the cases hold and trips a case's fuse before the machine runs out of memory.</summary>
internal sealed partial class CaseFuse(IEnumerable<ICaseSwitch> switches, CaseMetrics metrics, TimeProvider time, ILogger<CaseFuse> logger)
    : BackgroundService
{
    // A timer of its own, not the memory monitoring's, which a configuration can leave out: the fuse protects the machine.
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            foreach (var @case in switches)
            {
                if (!@case.TestFuse())
                    continue;
                if (@case.IsHidden)
                {
                    LogHiddenTripped(logger);
                    continue;
                }
                metrics.Tripped(@case.Study);
                LogTripped(logger, @case.Study.Id, @case.Variant, @case.HeldItems, @case.FuseItems);
            }
        }
    }

    [LoggerMessage(LogLevel.Error, "The fuse of a case has tripped, which the drill does not name")]
    private static partial void LogHiddenTripped(ILogger logger);

    [LoggerMessage(LogLevel.Error, "The fuse of {Case} has tripped: {Variant} holds {Held} items; the limit is {Limit}")]
    private static partial void LogTripped(ILogger logger, string @case, CaseVariant variant, long held, long? limit);
}
