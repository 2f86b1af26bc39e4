using Shop.Lab.Drills;
using Shop.Lab.Page.Live;

namespace Shop.Lab.Page.Drills;

/// <summary>Gives the drill the last sample of each instance, once a second.</summary>
internal sealed class DrillWatch(DrillSession drill, LiveHistory history, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            foreach (var sample in history.Services.SelectMany(service => service.Instances).Select(instance => instance.Last))
            {
                if (sample is not null)
                    drill.Observe(sample);
            }
        }
    }
}
