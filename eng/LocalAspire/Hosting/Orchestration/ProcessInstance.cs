using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using LocalAspire.Dcp;
using Microsoft.Extensions.Logging;

namespace LocalAspire.Orchestration;

/// <summary>What the instances of an application share.</summary>
internal sealed record ProcessHost(DcpClient Dcp, LaunchResolver Launches, DependencyWaiter Dependencies, IServiceProvider Services, IDistributedApplicationEventing Eventing,
    ResourceNotificationService Notifications, ResourceLoggerService Loggers, CancellationToken Stopping);

/// <summary>One process of a resource. It may be started and stopped again and again; each start is a new object of the orchestrator.</summary>
internal sealed class ProcessInstance(IResource resource, string id, ProcessHost host) : IDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly ILogger _logger = host.Loggers.GetLogger(id);
    private CancellationTokenSource _waiting = new();
    private Run? _run;
    private int _runs;

    private sealed record Run(string Name)
    {
        public TaskCompletionSource Ended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>Starts the process once what it waits for is there. A second call ends the waiting.</summary>
    public async Task StartAsync(CancellationToken cancellation)
    {
        if (!await _gate.WaitAsync(0, cancellation).ConfigureAwait(false))
        {
            await _waiting.CancelAsync().ConfigureAwait(false);
            return;
        }
        try
        {
            if (_run is { Ended.Task.IsCompleted: false })
                return;
            await WaitAsync(cancellation).ConfigureAwait(false);
            await PublishAsync(s => s with { State = KnownResourceStates.Starting, IsReady = false, StartTimeStamp = null, StopTimeStamp = null, ExitCode = null }).ConfigureAwait(false);
            await host.Eventing.PublishAsync(new BeforeResourceStartedEvent(resource, host.Services), cancellation).ConfigureAwait(false);
            await CreateAsync(cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The application is stopping.
        }
        catch (Exception exception)
        {
            _run?.Ended.TrySetResult();
            Log.StartFailed(_logger, resource.Name, exception.Message);
            await PublishAsync(s => s with { State = new(KnownResourceStates.FailedToStart, KnownResourceStateStyles.Error), StopTimeStamp = DateTime.UtcNow }).ConfigureAwait(false);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Ends the process and waits until it is gone.</summary>
    public async Task StopAsync(CancellationToken cancellation)
    {
        await _gate.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            if (_run is not { Ended.Task.IsCompleted: false } run)
                return;
            await PublishAsync(s => s with { State = KnownResourceStates.Stopping }).ConfigureAwait(false);
            await host.Dcp.StopExecutableAsync(run.Name, cancellation).ConfigureAwait(false);
            await run.Ended.Task.WaitAsync(cancellation).ConfigureAwait(false);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Takes over what the orchestrator says of the process.</summary>
    public async Task OnChangeAsync(WatchEvent<ExecutableSpec, ExecutableStatus> change)
    {
        if (_run is not { } run || run.Name != change.Object.Metadata.Name || run.Ended.Task.IsCompleted || change.Object.Status is not { } status)
            return;
        var state = change.Type == "DELETED" ? KnownResourceStates.Exited : State(status.State);
        await PublishAsync(s => Updated(s, state, change.Object.Spec, status)).ConfigureAwait(false);
        if (KnownResourceStates.TerminalStates.Contains(state))
            run.Ended.TrySetResult();
    }

    public void Dispose()
    {
        _gate.Dispose();
        _waiting.Dispose();
    }

    private async Task WaitAsync(CancellationToken cancellation)
    {
        _waiting.Dispose();
        _waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        if (!resource.HasAnnotationOfType<WaitAnnotation>())
            return;
        await PublishAsync(s => s with { State = KnownResourceStates.Waiting, IsReady = false }).ConfigureAwait(false);
        try
        {
            await host.Dependencies.WaitAsync(resource, _logger, _waiting.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            Log.WaitGivenUp(_logger, resource.Name);
        }
    }

    private async Task CreateAsync(CancellationToken cancellation)
    {
        var run = new Run($"{id}-{++_runs}".ToLowerInvariant());
        var executable = await host.Launches.ResolveAsync(resource, id, run.Name, cancellation).ConfigureAwait(false);
        // Known before it is created: the first change may come before the answer.
        _run = run;
        await host.Dcp.CreateAsync("executables", executable, cancellation).ConfigureAwait(false);
        _ = ReadLogsAsync(run.Name);
    }

    // The logs end some seconds after the process; then nothing more is wanted of the orchestrator's object.
    private async Task ReadLogsAsync(string name)
    {
        try
        {
            await Task.WhenAll(((string[])["stdout", "stderr", "system"]).Select(source => ReadLogAsync(name, source))).ConfigureAwait(false);
            await host.Dcp.DeleteExecutableAsync(name, host.Stopping).ConfigureAwait(false);
        }
        catch (Exception) when (host.Stopping.IsCancellationRequested)
        {
            // The application is stopping.
        }
        catch (Exception exception)
        {
            Log.LogEnded(_logger, exception.Message);
        }
    }

    private async Task ReadLogAsync(string name, string source)
    {
        var log = host.Loggers.Log(id);
        await foreach (var line in host.Dcp.LogAsync(name, source, host.Stopping).ConfigureAwait(false))
            log.Write(line, isError: source == "stderr");
    }

    private Task PublishAsync(Func<CustomResourceSnapshot, CustomResourceSnapshot> change) => host.Notifications.PublishUpdateAsync(resource, id, change);

    private static string State(string? state) => state switch
    {
        null or "" => KnownResourceStates.Starting,
        "Terminated" => KnownResourceStates.Exited,
        _ => state,
    };

    private static CustomResourceSnapshot Updated(CustomResourceSnapshot snapshot, string state, ExecutableSpec? spec, ExecutableStatus status)
    {
        var running = state == KnownResourceStates.Running;
        var wanted = spec?.Env?.Select(v => v.Name).ToHashSet() ?? [];
        snapshot = snapshot with
        {
            State = state,
            IsReady = running && snapshot.IsReady,
            StartTimeStamp = status.StartupTimestamp?.ToUniversalTime(),
            StopTimeStamp = status.FinishTimestamp?.ToUniversalTime(),
            ExitCode = KnownResourceStates.TerminalStates.Contains(state) ? status.ExitCode : null,
            Urls = [.. snapshot.Urls.Select(u => u with { IsInactive = !running })],
            HealthReports = running ? snapshot.HealthReports : [.. snapshot.HealthReports.Select(r => r with { Status = null, Description = null, ExceptionText = null })],
            EnvironmentVariables = [.. (status.EffectiveEnv ?? []).Where(v => wanted.Contains(v.Name)).Select(v => new EnvironmentVariableSnapshot(v.Name, v.Value, IsFromSpec: true))],
        };
        return snapshot.WithProperty("executable.path", "Path", spec?.ExecutablePath)
            .WithProperty("executable.workDir", "Working directory", spec?.WorkingDirectory)
            .WithProperty("executable.args", "Arguments", spec?.Args is { } args ? string.Join(' ', args) : null)
            .WithProperty("executable.pid", "Process id", running ? status.Pid?.ToString(CultureInfo.InvariantCulture) : null);
    }
}
