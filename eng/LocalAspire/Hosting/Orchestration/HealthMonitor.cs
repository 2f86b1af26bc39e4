using System.Collections.Immutable;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace LocalAspire.Orchestration;

/// <summary>Runs the health checks of each running resource, and says when one has become ready.</summary>
internal sealed class HealthMonitor(HealthCheckService health, ResourceNotificationService notifications, IDistributedApplicationEventing eventing, IServiceProvider services, ILogger logger)
{
    private static readonly TimeSpan WhileHealthy = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan CheckLimit = TimeSpan.FromSeconds(10);

    public async Task RunAsync(IResource resource, CancellationToken stopping)
    {
        var keys = resource.Annotations.OfType<HealthCheckAnnotation>().Select(h => h.Key).ToImmutableSortedSet();
        await notifications.PublishUpdateAsync(resource, s => s with { HealthReports = [.. keys.Select(k => new HealthReportSnapshot(k, null, null, null))] }).ConfigureAwait(false);
        var pause = TimeSpan.FromMilliseconds(100);
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await UntilAsync(resource, e => IsRunning(e), Timeout.InfiniteTimeSpan, stopping).ConfigureAwait(false);
                if (await CheckAsync(resource, keys, stopping).ConfigureAwait(false))
                {
                    await MakeReadyAsync(resource, stopping).ConfigureAwait(false);
                    pause = TimeSpan.FromMilliseconds(100);
                    // Nothing to do until a process is new, or until the checks are due again.
                    await UntilAsync(resource, e => IsRunning(e) && !e.Snapshot.IsReady, keys.IsEmpty ? Timeout.InfiniteTimeSpan : WhileHealthy, stopping).ConfigureAwait(false);
                }
                else
                {
                    // Often at first, as most become healthy soon; up to every two seconds if they don't.
                    await Task.Delay(pause, stopping).ConfigureAwait(false);
                    pause = TimeSpan.FromMilliseconds(Math.Min(pause.TotalMilliseconds * 1.5, 2000));
                }
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                Log.LoopFailed(logger, $"The health of {resource.Name}", exception);
                await Task.Delay(pause, CancellationToken.None).ConfigureAwait(false);
            }
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
            var report = await health.CheckHealthAsync(r => keys.Contains(r.Name), limit.Token).ConfigureAwait(false);
            reports = [.. report.Entries.Select(e => new HealthReportSnapshot(e.Key, e.Value.Status, e.Value.Description ?? e.Value.Exception?.Message, e.Value.Exception?.ToString()) { LastRunAt = DateTime.UtcNow })];
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            reports = [.. keys.Select(k => new HealthReportSnapshot(k, HealthStatus.Unhealthy, $"It gave no answer within {CheckLimit.TotalSeconds} s.", null) { LastRunAt = DateTime.UtcNow })];
        }
        foreach (var instance in notifications.Instances(resource.Name).Where(IsRunning))
            await notifications.PublishUpdateAsync(resource, instance.ResourceId, s => s.State?.Text == KnownResourceStates.Running ? s with { HealthReports = reports } : s).ConfigureAwait(false);
        return reports.Length == keys.Count && reports.All(r => r.Status == HealthStatus.Healthy);
    }

    private async Task MakeReadyAsync(IResource resource, CancellationToken stopping)
    {
        var fresh = notifications.Instances(resource.Name).Where(e => IsRunning(e) && !e.Snapshot.IsReady).ToList();
        if (fresh.Count == 0)
            return;
        await eventing.PublishAsync(new ResourceReadyEvent(resource, services), stopping).ConfigureAwait(false);
        foreach (var instance in fresh)
            await notifications.PublishUpdateAsync(resource, instance.ResourceId, s => s with { IsReady = s.StartTimeStamp == instance.Snapshot.StartTimeStamp && s.State?.Text == KnownResourceStates.Running }).ConfigureAwait(false);
    }

    private async Task UntilAsync(IResource resource, Func<ResourceEvent, bool> condition, TimeSpan limit, CancellationToken stopping)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        either.CancelAfter(limit);
        try
        {
            await notifications.WaitForResourceAsync(resource.Name, condition, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            // The time is over.
        }
    }

    private static bool IsRunning(ResourceEvent e) => e.Snapshot.State?.Text == KnownResourceStates.Running;
}
