namespace LocalAspire.Orchestration;

/// <summary>Runs the health checks of each running resource, and calls its ready handlers when it has become healthy.</summary>
internal sealed class HealthMonitor(HealthCheckService health, ResourceNotificationService notifications, ILogger logger)
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(100), LongestPause = TimeSpan.FromSeconds(2), WhileHealthy = TimeSpan.FromSeconds(5);

    public async Task RunAsync(IResource resource, CancellationToken stopping)
    {
        var keys = resource.Annotations.OfType<HealthCheckAnnotation>().Select(h => h.Key).ToImmutableSortedSet();
        await notifications.PublishUpdateAsync(resource, s => s with { HealthReports = [.. keys.Select(k => new HealthReportSnapshot(k, null, null, null))] });
        for (var pause = ShortestPause; ;)
        {
            await notifications.WaitForResourceAsync(resource.Name, e => e.Snapshot.IsRunning, stopping);
            if (await IsReadyAsync(resource, keys, stopping))
            {
                pause = ShortestPause;
                await UntilNewAsync(resource, keys.IsEmpty ? Timeout.InfiniteTimeSpan : WhileHealthy, stopping);
                continue;
            }
            // Often at first, as most become healthy soon.
            await Task.Delay(pause, stopping);
            pause = pause * 1.5 < LongestPause ? pause * 1.5 : LongestPause;
        }
    }

    private async Task<bool> IsReadyAsync(IResource resource, ImmutableSortedSet<string> keys, CancellationToken stopping)
    {
        try
        {
            if (!keys.IsEmpty && !await CheckAsync(resource, keys, stopping))
                return false;
            await MakeReadyAsync(resource, stopping);
            return true;
        }
        catch (Exception exception) when (!stopping.IsCancellationRequested)
        {
            Log.LoopFailed(logger, $"The health of {resource.Name}", exception);
            return false;
        }
    }

    private async Task<bool> CheckAsync(IResource resource, ImmutableSortedSet<string> keys, CancellationToken stopping)
    {
        var report = await health.CheckHealthAsync(r => keys.Contains(r.Name), stopping);
        var reports = report.Entries.Select(e => new HealthReportSnapshot(e.Key, e.Value.Status, e.Value.Description, e.Value.Exception?.ToString()) { LastRunAt = DateTime.UtcNow });
        await notifications.PublishUpdateAsync(resource, s => s.IsRunning ? s with { HealthReports = [.. reports] } : s);
        return report.Status == HealthStatus.Healthy;
    }

    private async Task MakeReadyAsync(IResource resource, CancellationToken stopping)
    {
        var fresh = notifications.Instances(resource.Name).Where(IsNew).ToList();
        if (fresh.Count == 0)
            return;
        foreach (var ready in resource.Annotations.OfType<ReadyCallbackAnnotation>().ToList())
            await ready.Callback(stopping);
        // Not those that were started again meanwhile: their turn comes.
        foreach (var instance in fresh)
            await notifications.PublishUpdateAsync(resource, instance.ResourceId,
                s => s with { IsReady = s.IsRunning && s.StartTimeStamp == instance.Snapshot.StartTimeStamp });
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

/// <summary>Asks an endpoint whether its resource is healthy.</summary>
internal sealed class EndpointHealthCheck(EndpointReference endpoint, string path, int statusCode, IHttpClientFactory clients) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken)
    {
        var address = new Uri(new Uri(endpoint.Url), path);
        using var response = await clients.CreateClient(nameof(EndpointHealthCheck)).GetAsync(address, cancellationToken);
        return (int)response.StatusCode == statusCode
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Unhealthy($"{address} answered {(int)response.StatusCode} instead of {statusCode}.");
    }
}
