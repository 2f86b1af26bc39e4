using System.Diagnostics.Metrics;
using Shop.ServiceDefaults.Cases;

namespace Shop.Documents.FileWatchers;

/// <summary>
/// Publishes the inotify instances of this process, which Linux lists among its descriptors, when a reader asks. A hosted service only to
/// be created with the host.
/// </summary>
internal sealed class FileWatchersMetrics : IHostedService
{
    private readonly Meter _meter;

    public FileWatchersMetrics(IMeterFactory meters)
    {
        // The factory owns and disposes the meter.
        _meter = meters.Create(ContentBuffers.MeterName);
        if (OperatingSystem.IsLinux())
        {
            _meter.CreateObservableGauge(
                "shop.documents.inotify_instances",
                static () => ProcessHandles.Count(Environment.ProcessId, HandleResource.InotifyInstances),
                "{instance}", "Open inotify instances of this process");
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
