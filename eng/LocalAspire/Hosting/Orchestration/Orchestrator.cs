using LocalAspire.Dashboard;

namespace LocalAspire.Orchestration;

/// <summary>Runs the application: the order of its start, and its end.</summary>
internal sealed class Orchestrator(IServiceProvider services, DistributedApplicationModel model, DistributedApplicationOptions options, IConfiguration configuration,
    ResourceNotificationService notifications, ResourceLoggerService loggers, IHostApplicationLifetime lifetime, ILogger<DistributedApplication> logger) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, ProcessInstance> _instances = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentBag<Task> _loops = [];
    private readonly CancellationTokenSource _stopping = CancellationTokenSource.CreateLinkedTokenSource(lifetime.ApplicationStopping);
    // Keys, the servers' data. It is DCP's session folder too, which that deletes when all processes have ended, also after a crash.
    private string? _folder;
    private DcpHost? _dcp;
    private DashboardHost? _dashboard;
    private bool _disposed;

    public async Task StartAsync(CancellationToken cancellation)
    {
        foreach (var resource in model.Resources)
            await IntroduceAsync(resource, cancellation);
        _folder = Directory.CreateTempSubdirectory("local-aspire-").FullName;
        // Fetched on the first run only, all at the same time.
        var servers = model.Resources.DistinctBy(r => r.GetType()).SelectMany(r => r.Annotations.OfType<LocalServerAnnotation>()).Select(s => s.Fetch(logger, cancellation));
        var bundle = AspireBundle.LocateAsync(logger, cancellation);
        await Task.WhenAll([bundle, .. servers]);
        _dcp = await DcpHost.StartAsync((await bundle).Dcp, _folder, cancellation);
        await new EndpointAllocator(_dcp.Client, configuration.RandomizesPorts(), logger).AllocateAsync(model.Resources, cancellation);
        if (!options.DisableDashboard)
        {
            _dashboard = await DashboardHost.StartAsync(services, await bundle, Path.Combine(_folder, "dashboard"), cancellation);
            model.Resources.Insert(0, _dashboard.Resource);
            await IntroduceAsync(_dashboard.Resource, cancellation);
        }
        await StartProcessesAsync();
    }

    public ProcessInstance Instance(string id)
        => _instances.TryGetValue(id, out var instance) ? instance : throw new DistributedApplicationException($"'{id}' is not known to the orchestrator.");

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, true))
            return;
        await _stopping.CancelAsync();
        if (_dcp is not null)
            await _dcp.DisposeAsync();
        if (_dashboard is not null)
            await _dashboard.DisposeAsync();
        await Task.WhenAll(_loops);
        if (Directory.Exists(_folder))
            Directory.Delete(_folder, recursive: true);
        _stopping.Dispose();
    }

    private async Task IntroduceAsync(IResource resource, CancellationToken cancellation)
    {
        if (resource.IsProcess())
        {
            var replicas = resource.TryGetLastAnnotation<ReplicaAnnotation>(out var annotation) ? annotation.Replicas : 1;
            var names = Enumerable.Range(0, replicas).Select(_ => $"{resource.Name}-{RandomNumberGenerator.GetString("bcdfghjkmnpqrstvwxz", 8)}");
            resource.Annotations.Add(new InstancesAnnotation([.. names]));
            resource.AddLifecycleCommands();
        }
        await notifications.PublishUpdateAsync(resource, snapshot => snapshot);
        if (resource is ParameterResource parameter)
        {
            var value = await parameter.GetValueAsync(cancellation);
            await notifications.PublishUpdateAsync(resource, s => (s with { State = new("Running", "success") }).WithProperty("Value", "Value", value, parameter.Secret));
        }
    }

    private async Task StartProcessesAsync()
    {
        var launches = new LaunchResolver(logger, _folder!, _dashboard?.Settings.ForServices ?? []);
        var host = new ProcessHost(_dcp!.Client, launches, notifications, loggers, options, logger, Run, _stopping.Token);
        var health = new HealthMonitor(notifications, logger);
        foreach (var resource in model.Resources)
        {
            var urls = (resource as IResourceWithEndpoints)?.GetEndpoints().Select(e => new UrlSnapshot(e.EndpointName, e.Url, IsInternal: false) { IsInactive = true });
            await notifications.PublishUpdateAsync(resource, snapshot => snapshot with { Urls = [.. urls ?? []] });
            foreach (var id in resource.IsProcess() ? resource.InstanceIds() : [])
                _instances[id] = new ProcessInstance(resource, id, host);
            Run($"The health of {resource.Name}", stopping => health.RunAsync(resource, stopping));
        }
        Run("The orchestrator", WatchAsync);
        foreach (var resource in model.Resources.Where(r => r.IsProcess() && !r.HasAnnotationOfType<ExplicitStartupAnnotation>()))
            foreach (var id in resource.InstanceIds())
                Run($"The start of {id}", _instances[id].StartAsync);
    }

    // What runs in the background never ends unseen.
    private void Run(string what, Func<CancellationToken, Task> loop) => _loops.Add(Task.Run(async () =>
    {
        try
        {
            await loop(_stopping.Token);
        }
        catch (Exception exception)
        {
            if (!_stopping.IsCancellationRequested)
                Log.LoopFailed(logger, what, exception);
        }
    }));

    private async Task WatchAsync(CancellationToken stopping)
    {
        for (var failures = 0; failures < 5; await Task.Delay(200, stopping))
        {
            try
            {
                await foreach (var change in _dcp!.Client.WatchAsync(stopping))
                {
                    failures = 0;
                    if (change.Object?.Metadata.Annotations?.GetValueOrDefault("instance") is { } id && _instances.TryGetValue(id, out var instance))
                        await instance.OnChangeAsync(change);
                }
            }
            catch (Exception exception) when (!stopping.IsCancellationRequested)
            {
                failures++;
                Log.LoopFailed(logger, "The orchestrator", exception);
            }
        }
        // It does not come back, and without it nothing can be run.
        Log.OrchestratorGone(logger);
        Environment.ExitCode = 1;
        lifetime.StopApplication();
    }
}
