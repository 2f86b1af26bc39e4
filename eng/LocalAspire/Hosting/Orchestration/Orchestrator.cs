using System.Collections.Concurrent;
using System.Security.Cryptography;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using LocalAspire.Dashboard;
using LocalAspire.Dcp;
using LocalAspire.Servers;
using LocalAspire.Tools;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LocalAspire.Orchestration;

/// <summary>Runs the application: the order of its start, and its end.</summary>
internal sealed class Orchestrator(IServiceProvider services, DistributedApplicationModel model, DistributedApplicationOptions options, DistributedApplicationExecutionContext execution,
    IDistributedApplicationEventing eventing, ResourceNotificationService notifications, ResourceLoggerService loggers, ILogger<DistributedApplication> logger) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, ProcessInstance> _instances = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<Task> _loops = [];
    private readonly CancellationTokenSource _stopping = new();
    private RunFolder? _folder;
    private DcpHost? _dcp;
    private DashboardLaunch? _dashboard;
    private bool _disposed;

    public static bool IsProcess(IResource resource) => resource is ProjectResource or ExecutableResource or ContainerResource;

    public async Task StartAsync(CancellationToken cancellation)
    {
        NameInstances();
        await PublishFirstAsync().ConfigureAwait(false);
        await eventing.PublishAsync(new BeforeStartEvent(services, model), cancellation).ConfigureAwait(false);
        _folder = RunFolder.Create();
        var bundle = await LocateAsync(cancellation).ConfigureAwait(false);
        _dcp = await DcpHost.StartAsync(bundle, _folder, cancellation).ConfigureAwait(false);
        var allocator = new EndpointAllocator(_dcp.Client, services.GetRequiredService<IConfiguration>(), execution, notifications, logger);
        await allocator.AllocateAsync([.. model.Resources], cancellation).ConfigureAwait(false);
        _dashboard = options.DisableDashboard ? null : await DashboardHost.StartAsync(services, bundle, _folder.Path, cancellation).ConfigureAwait(false);
        StartProcesses();
    }

    public Task StartResourceAsync(string id, CancellationToken cancellation) => Instance(id).StartAsync(cancellation);

    public Task StopResourceAsync(string id, CancellationToken cancellation) => Instance(id).StopAsync(cancellation);

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, true))
            return;
        await _stopping.CancelAsync().ConfigureAwait(false);
        if (_dcp is not null)
            await _dcp.DisposeAsync().ConfigureAwait(false);
        if (_dashboard is not null)
            await _dashboard.DisposeAsync().ConfigureAwait(false);
        await Task.WhenAll(_loops).ConfigureAwait(false);
        foreach (var instance in _instances.Values)
            instance.Dispose();
        _folder?.Dispose();
        _stopping.Dispose();
    }

    private async Task<AspireBundle> LocateAsync(CancellationToken cancellation)
    {
        // Fetched on the first run only, all at the same time.
        var progress = new LoggedProgress(logger);
        var servers = ServerPrograms.FetchAsync(model.Resources, progress, cancellation);
        var bundle = AspireBundle.LocateAsync(progress, cancellation);
        await Task.WhenAll(servers, bundle).ConfigureAwait(false);
        return await bundle.ConfigureAwait(false);
    }

    private void NameInstances()
    {
        foreach (var resource in model.Resources.Where(IsProcess))
        {
            resource.Annotations.Add(new InstancesAnnotation([.. Enumerable.Range(0, resource.GetReplicaCount())
                .Select(_ => $"{resource.Name}-{RandomNumberGenerator.GetString("bcdfghjkmnpqrstvwxz", 8)}")]));
            LifecycleCommands.AddTo(resource);
        }
    }

    private async Task PublishFirstAsync()
    {
        foreach (var resource in model.Resources)
            await notifications.PublishUpdateAsync(resource, snapshot => Initial.Of(resource, snapshot)).ConfigureAwait(false);
    }

    private void StartProcesses()
    {
        if (_dashboard is not null)
            model.Resources.Insert(0, _dashboard.Resource);
        var launches = new LaunchResolver(services, execution, loggers, _folder!, _dashboard?.ServiceEnvironment ?? new Dictionary<string, string>());
        var host = new ProcessHost(_dcp!.Client, launches, new DependencyWaiter(notifications, options), services, eventing, notifications, loggers, _stopping.Token);
        var health = new HealthMonitor(services.GetRequiredService<HealthCheckService>(), notifications, eventing, services, logger);
        var resources = model.Resources.ToList();
        foreach (var resource in resources.Where(IsProcess))
            foreach (var id in resource.InstanceIds())
                _instances[id] = new ProcessInstance(resource, id, host);
        Run(() => WatchAsync(_stopping.Token));
        foreach (var resource in resources)
        {
            Run(() => health.RunAsync(resource, _stopping.Token));
            if (resource is IResourceWithParent child && !IsProcess(resource))
                Run(() => FollowParentAsync(child, _stopping.Token));
            if (IsProcess(resource) && !resource.HasAnnotationOfType<ExplicitStartupAnnotation>())
                foreach (var id in resource.InstanceIds())
                    Run(() => _instances[id].StartAsync(_stopping.Token));
        }
    }

    private void Run(Func<Task> loop) => _loops.Add(Task.Run(loop));

    private async Task WatchAsync(CancellationToken stopping)
    {
        var failures = 0;
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await foreach (var change in _dcp!.Client.WatchExecutablesAsync(stopping).ConfigureAwait(false))
                {
                    failures = 0;
                    if (change.Object?.Metadata.Annotations?.GetValueOrDefault("instance") is { } id && _instances.TryGetValue(id, out var instance))
                        await instance.OnChangeAsync(change).ConfigureAwait(false);
                }
            }
            catch (Exception) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (HttpRequestException) when (++failures >= 5)
            {
                // It does not come back, and without it nothing can be run.
                Log.OrchestratorGone(logger);
                Environment.ExitCode = 1;
                services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
                return;
            }
            catch (Exception exception)
            {
                Log.LoopFailed(logger, "The watch of the processes", exception);
                await Task.Delay(200, CancellationToken.None).ConfigureAwait(false);
            }
        }
    }

    // A database has no process: it is there while its server is, once the server's ready handlers have made it.
    private async Task FollowParentAsync(IResourceWithParent child, CancellationToken stopping)
    {
        try
        {
            await foreach (var change in notifications.WatchAsync(stopping).ConfigureAwait(false))
                if (change.Resource == child.Parent)
                    await notifications.PublishUpdateAsync(child, s => Initial.Follow(s, change.Snapshot)).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The application is stopping.
        }
        catch (Exception exception)
        {
            Log.LoopFailed(logger, $"The state of {child.Name}", exception);
        }
    }

    private ProcessInstance Instance(string id)
        => _instances.TryGetValue(id, out var instance) ? instance : throw new DistributedApplicationException($"'{id}' is not running in the orchestrator.");
}
