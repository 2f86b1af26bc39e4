using Microsoft.Extensions.Hosting;
using Shop.ServiceDefaults.Forecast;

namespace Shop.ServiceDefaults.Memory;

/// <summary>The one timer of the memory monitoring: reads the collector once a second, and notifies those that judge.</summary>
internal sealed class MemoryMonitor(MemoryMetrics metrics, MemoryWarnings warnings, HeapTrend trend, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        warnings.Start();
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            var reading = MemoryReading.Read(time);
            metrics.Add(reading);
            warnings.Check(reading);
            trend.Look();
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
