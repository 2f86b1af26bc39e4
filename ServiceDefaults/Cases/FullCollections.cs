using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Shop.ServiceDefaults.Cases;

/// <summary>
/// Collects the whole heap now and then, where the lab asks for it, so that a leak shows within minutes: by itself the runtime leaves most of the heap
/// alone for hours, and what a heap of a few megabytes gains meanwhile is garbage as well.
/// </summary>
internal sealed class FullCollections(IOptions<LabOptions> options, TimeProvider time) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Value.CollectEvery is not { } interval || interval <= TimeSpan.Zero)
            return;
        using var timer = new PeriodicTimer(interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true);
    }
}
