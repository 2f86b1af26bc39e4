using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Shop.ServiceDefaults.Cases;

/// <summary>
/// Runs periodic full collections if the lab configures them, so that a leak becomes visible within minutes. The runtime alone may not run
/// a full collection for hours, and until then the growth of a heap of a few megabytes is mostly garbage.
/// </summary>
internal sealed class FullCollections(
    IEnumerable<ICaseSwitch> cases, IOptions<LabOptions> options, InducedCollections induced, TimeProvider time) : BackgroundService
{
    /// <summary>
    /// Whether a case may retain memory: only then are the collections needed. Otherwise they would hide the collections that an Allocated
    /// case triggers. While a drill is on, every service has them: those of one alone would name it.
    /// </summary>
    public static bool AreNeeded(IEnumerable<ICaseSwitch> cases)
        => cases.Any(@case => @case.IsHidden || (@case.Study.Evidence is Retained && @case.Variant != CaseVariant.Fixed));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        induced.Start();
        if (options.Value.CollectEvery is not { } interval || interval <= TimeSpan.Zero)
            return;
        using var timer = new PeriodicTimer(interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (AreNeeded(cases))
                induced.Collect(compacting: false);
        }
    }
}
