using System.Collections.Immutable;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace LocalAspire.Orchestration;

/// <summary>Runs the health checks of each running resource, and calls its ready handlers when it has become healthy.</summary>
internal sealed class HealthMonitor(HealthCheckService health, ResourceNotificationService notifications, IServiceProvider services, ILogger logger)
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(100), LongestPause = TimeSpan.FromSeconds(2), WhileHealthy = TimeSpan.FromSeconds(5), CheckLimit = TimeSpan.FromSeconds(10);

    public async Task RunAsync(IResource resource, CancellationToken stopping)
    {
        var keys = resource.Annotations.OfType<HealthCheckAnnotation>().Select(h => h.Key).ToImmutableSortedSet();
        await notifications.PublishUpdateAsync(resource, s => s with { HealthReports = [.. keys.Select(k => new HealthReportSnapshot(k, null, null, null))] });
        var pause = ShortestPause;
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await notifications.WaitForResourceAsync(resource.Name, e => e.Snapshot.IsRunning, stopping);
                if (await CheckAsync(resource, keys, stopping))
                {
                    await MakeReadyAsync(resource, stopping);
                    pause = ShortestPause;
                    await UntilNewAsync(resource, keys.IsEmpty ? Timeout.InfiniteTimeSpan : WhileHealthy, stopping);
                    continue;
                }
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                Log.LoopFailed(logger, $"The health of {resource.Name}", exception);
            }
            // Often at first, as most become healthy soon.
            await Task.WhenAny(Task.Delay(pause, stopping));
            pause = pause * 1.5 < LongestPause ? pause * 1.5 : LongestPause;
        }
    }

    private async Task<bool> CheckAsync(IResource resource, ImmutableSortedSet<string> keys, CancellationToken stopping)
    {
        if (keys.IsEmpty)
            return true;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        limit.CancelAfter(CheckLimit);
        ImmutableArray<HealthReportSnapshot> reports;
        try
        {
            var report = await health.CheckHealthAsync(r => keys.Contains(r.Name), limit.Token);
            reports = [.. report.Entries.Select(e => new HealthReportSnapshot(e.Key, e.Value.Status, e.Value.Description ?? e.Value.Exception?.Message, e.Value.Exception?.ToString()) { LastRunAt = DateTime.UtcNow })];
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            reports = [.. keys.Select(k => new HealthReportSnapshot(k, HealthStatus.Unhealthy, $"No answer within {CheckLimit.TotalSeconds} s.", null) { LastRunAt = DateTime.UtcNow })];
        }
        await notifications.PublishUpdateAsync(resource, s => s.IsRunning ? s with { HealthReports = reports } : s);
        return reports.Length == keys.Count && reports.All(r => r.Status == HealthStatus.Healthy);
    }

    private async Task MakeReadyAsync(IResource resource, CancellationToken stopping)
    {
        var fresh = notifications.Instances(resource.Name).Where(IsNew).ToList();
        if (fresh.Count == 0)
            return;
        foreach (var ready in resource.Annotations.OfType<ReadyCallbackAnnotation>().ToList())
            await ready.Callback(services, stopping);
        // Not those that were started again meanwhile: their turn comes.
        foreach (var instance in fresh)
            await notifications.PublishUpdateAsync(resource, instance.ResourceId, s => s with { IsReady = s.IsRunning && s.StartTimeStamp == instance.Snapshot.StartTimeStamp });
    }

    // Nothing to do until a process is new, or until the checks are due again.
    private async Task UntilNewAsync(IResource resource, TimeSpan limit, CancellationToken stopping)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        either.CancelAfter(limit);
        await Task.WhenAny(notifications.WaitForResourceAsync(resource.Name, IsNew, either.Token));
    }

    private static bool IsNew(ResourceEvent e) => e.Snapshot is { IsRunning: true, IsReady: false };
}
