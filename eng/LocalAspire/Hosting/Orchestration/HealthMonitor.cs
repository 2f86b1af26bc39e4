namespace LocalAspire.Orchestration;

/// <summary>Runs the health checks of each running resource, and calls its ready handlers when it has become healthy.</summary>
internal sealed class HealthMonitor(ResourceNotificationService notifications, ILogger logger)
{
    private static readonly TimeSpan WhileUnhealthy = TimeSpan.FromMilliseconds(300), WhileHealthy = TimeSpan.FromSeconds(3), CheckLimit = TimeSpan.FromSeconds(10);

    public async Task RunAsync(IResource resource, CancellationToken stopping)
    {
        var checks = resource.Annotations.OfType<HealthCheckAnnotation>().ToList();
        await notifications.PublishUpdateAsync(resource, s => s with { HealthReports = [.. checks.Select(c => new HealthReportSnapshot(c.Key, null, null, null))] });
        while (true)
        {
            await notifications.WaitForResourceAsync(resource.Name, e => e.Snapshot.IsRunning, stopping);
            var reports = await Task.WhenAll(checks.Select(check => CheckAsync(check, stopping)));
            if (reports.Length > 0)
                await notifications.PublishUpdateAsync(resource, s => s.IsRunning ? s with { HealthReports = [.. reports] } : s);
            var healthy = reports.All(r => r.Status == HealthStatus.Healthy) && await MakeReadyAsync(resource, stopping);
            await Task.Delay(healthy ? WhileHealthy : WhileUnhealthy, stopping);
        }
    }

    private static async Task<HealthReportSnapshot> CheckAsync(HealthCheckAnnotation check, CancellationToken stopping)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        limit.CancelAfter(CheckLimit);
        try
        {
            await check.Check(limit.Token);
            return new HealthReportSnapshot(check.Key, HealthStatus.Healthy, null, null) { LastRunAt = DateTime.UtcNow };
        }
        catch (Exception failure)
        {
            return new HealthReportSnapshot(check.Key, HealthStatus.Unhealthy, failure.Message, failure.ToString()) { LastRunAt = DateTime.UtcNow };
        }
    }

    private async Task<bool> MakeReadyAsync(IResource resource, CancellationToken stopping)
    {
        var fresh = notifications.Instances(resource.Name).Where(e => e.Snapshot is { IsRunning: true, IsReady: false }).ToList();
        try
        {
            foreach (var ready in fresh.Count == 0 ? [] : resource.Annotations.OfType<ReadyCallbackAnnotation>().ToList())
                await ready.Callback(stopping);
        }
        catch (Exception exception) when (!stopping.IsCancellationRequested)
        {
            Log.LoopFailed(logger, $"The readiness of {resource.Name}", exception);
            return false;
        }
        // Not those that were started again meanwhile: their turn comes.
        foreach (var (_, id, then) in fresh)
            await notifications.PublishUpdateAsync(resource, id, s => s with { IsReady = s.IsRunning && s.StartTimeStamp == then.StartTimeStamp });
        return true;
    }
}
