namespace LocalAspire.Orchestration;

/// <summary>What the instances of an application share.</summary>
internal sealed record ProcessHost(DcpClient Dcp, LaunchResolver Launches, ResourceNotificationService Notifications, ResourceLoggerService Loggers,
    DistributedApplicationOptions Options, ILogger Logger, Action<string, Func<CancellationToken, Task>> Run, CancellationToken Stopping);

/// <summary>One process of a resource. It may be started and stopped again and again; each start is a new object of the orchestrator.</summary>
[SuppressMessage("Design", "CA1001", Justification = "The semaphore's wait handle is never asked for, so there is nothing to dispose.")]
internal sealed class ProcessInstance(IResource resource, string id, ProcessHost host)
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private Run? _run;
    private int _runs;

    private sealed record Run(string Name)
    {
        public bool IsStopping { get; set; }
        public TaskCompletionSource Ended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private Run? Running => _run is { Ended.Task.IsCompleted: false } run ? run : null;

    public async Task StartAsync(CancellationToken cancellation)
    {
        await _gate.WaitAsync(cancellation);
        try
        {
            if (Running is null)
                await StartInTurnAsync();
        }
        catch (Exception exception)
        {
            _run?.Ended.TrySetResult();
            if (host.Stopping.IsCancellationRequested)
                return;
            host.Loggers.Say(id, exception.Message, isError: true);
            Log.StartFailed(host.Logger, resource.Name, exception.Message);
            await PublishAsync(s => s with { State = new(KnownResourceStates.FailedToStart, "error"), StopTimeStamp = DateTime.UtcNow });
        }
        finally
        {
            _gate.Release();
        }
    }

    public async Task StopAsync(CancellationToken cancellation)
    {
        await _gate.WaitAsync(cancellation);
        try
        {
            if (Running is not { } run)
                return;
            run.IsStopping = true;
            await PublishAsync(s => s with { State = KnownResourceStates.Stopping });
            await host.Dcp.StopAsync(run.Name, cancellation);
            await run.Ended.Task.WaitAsync(cancellation);
        }
        finally
        {
            _gate.Release();
        }
    }

    public async Task OnChangeAsync(ExecutableChange change)
    {
        if (Running is not { } run || run.Name != change.Object.Metadata.Name || change.Object.Status is not { } status)
            return;
        var state = string.IsNullOrEmpty(status.State) ? KnownResourceStates.Starting : status.State;
        if (change.Type == "DELETED" || state == "Terminated")
            state = KnownResourceStates.Exited;
        else if (run.IsStopping && state == KnownResourceStates.Running)
            state = KnownResourceStates.Stopping;
        await PublishAsync(s => Updated(s, state, change.Object.Spec, status));
        if (KnownResourceStates.TerminalStates.Contains(state))
            run.Ended.TrySetResult();
    }

    private async Task StartInTurnAsync()
    {
        if (resource.HasAnnotationOfType<WaitAnnotation>())
            await PublishAsync(s => s with { State = KnownResourceStates.Waiting, IsReady = false });
        await Task.WhenAll(resource.Annotations.OfType<WaitAnnotation>().Distinct().SelectMany(wait => wait.Resource.InstanceIds()).Select(WaitForAsync));
        await PublishAsync(s => s with { State = KnownResourceStates.Starting, IsReady = false, StartTimeStamp = null, StopTimeStamp = null, ExitCode = null });
        var run = new Run($"{id}-{++_runs}".ToLowerInvariant());
        var executable = await host.Launches.ResolveAsync(resource, id, run.Name, host.Stopping);
        // Known before it is created: the first change may come before the answer.
        _run = run;
        await host.Dcp.CreateAsync("executables", executable, host.Stopping);
        host.Run($"The console of {id}", _ => ReadLogsAsync(run.Name));
    }

    // With a dashboard a failed dependency may be started again by hand, so it is waited for on; without one its dependent fails too.
    private async Task WaitForAsync(string other)
    {
        host.Loggers.Say(id, $"Waiting for {other} to be healthy...");
        var end = await host.Notifications.WaitForResourceAsync(other, e => e.Snapshot.IsHealthy || (e.Snapshot.HasEnded && host.Options.DisableDashboard), host.Stopping);
        if (!end.Snapshot.IsHealthy)
            throw new DistributedApplicationException($"{other}, which it waits for, is {end.Snapshot.State?.Text}, exit code {end.Snapshot.ExitCode}.");
    }

    // The logs end some seconds after the process; then nothing more is wanted of the orchestrator's object.
    private async Task ReadLogsAsync(string name)
    {
        await Task.WhenAll(((string[])["stdout", "stderr", "system"]).Select(source => ReadLogAsync(name, source)));
        await host.Dcp.DeleteAsync(name, host.Stopping);
    }

    private async Task ReadLogAsync(string name, string source)
    {
        await foreach (var line in host.Dcp.LogAsync(name, source, host.Stopping))
            if (source == "system" && line.Split('\t') is [var time, var level, _, var text, .. var details])
                host.Loggers.Write(id, $"{time} [sys] {text} {(level == "error" ? string.Concat(details) : "")}", isError: level == "error");
            else
                host.Loggers.Write(id, line, isError: source == "stderr");
    }

    private Task PublishAsync(Func<CustomResourceSnapshot, CustomResourceSnapshot> change) => host.Notifications.PublishUpdateAsync(resource, id, change);

    private static CustomResourceSnapshot Updated(CustomResourceSnapshot snapshot, string state, ExecutableSpec? spec, ExecutableStatus status)
    {
        var running = state == KnownResourceStates.Running;
        var ended = KnownResourceStates.TerminalStates.Contains(state);
        var given = spec?.Env?.Select(v => v.Name).ToHashSet() ?? [];
        snapshot = snapshot with
        {
            State = state,
            IsReady = running && snapshot.IsReady,
            StartTimeStamp = status.StartupTimestamp?.ToUniversalTime(),
            StopTimeStamp = status.FinishTimestamp?.ToUniversalTime() ?? (ended ? DateTime.UtcNow : null),
            ExitCode = ended ? status.ExitCode : null,
            Urls = [.. snapshot.Urls.Select(u => u with { IsInactive = !running })],
            HealthReports = running ? snapshot.HealthReports : [.. snapshot.HealthReports.Select(r => new HealthReportSnapshot(r.Name, null, null, null))],
            EnvironmentVariables = [.. (status.EffectiveEnv ?? []).Where(v => given.Contains(v.Name)).Select(v => new EnvironmentVariableSnapshot(v.Name, v.Value, true))],
        };
        return snapshot.WithProperty("executable.path", "Path", spec?.ExecutablePath)
            .WithProperty("executable.workDir", "Working directory", spec?.WorkingDirectory)
            .WithProperty("executable.args", "Arguments", spec?.Args)
            .WithProperty("executable.pid", "Process id", running ? status.Pid : null);
    }
}
