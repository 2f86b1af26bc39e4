using Microsoft.Extensions.DependencyInjection;
using Shop.Lab.Cases;
using Shop.ServiceDefaults.Cases;

namespace Shop.Lab.Proof.Running;

/// <summary>
/// A service's Release build under the proof's Aspire host, on a free loopback port. It ends with the Lab, even if that is killed.
/// </summary>
internal sealed class ServiceProcess(DistributedApplication host, string name) : IAsyncDisposable
{
    private const int ShownLines = 10;
    private static readonly TimeSpan StartTimeout = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan HealthInterval = TimeSpan.FromMilliseconds(100);
    private readonly ExecutableResource _resource
        = host.Services.GetRequiredService<DistributedApplicationModel>().GetExecutableResources()
            .Single(resource => resource.Name == name);

    /// <summary>Where it listens.</summary>
    public Uri Address => new(_resource.GetEndpoint("http").Url);

    /// <summary>The exit code of the process, once it has ended; -1 if the host does not know it.</summary>
    public int? ExitCode
        => Current is { } current && KnownResourceStates.TerminalStates.Contains(current.State?.Text) ? current.ExitCode : null;

    private CustomResourceSnapshot? Current
        => host.ResourceNotifications.TryGetCurrentState(name, out var current) ? current.Snapshot : null;

    /// <summary>The name of a service in the proof of a case.</summary>
    /// <param name="study">The case.</param>
    /// <param name="role">The variant, or the neighbour's own name.</param>
    public static string NameOf(CaseStudy study, string role) => $"{study.Id}-{role}".ToLowerInvariant();

    /// <summary>Adds a service to the host, which does not start it by itself.</summary>
    public static void AddTo(IDistributedApplicationBuilder builder, string name, string service)
    {
        var assembly = Repository.ReleaseAssembly(service == "gateway" ? "eng/Gateway" : CaseStudies.ProjectOf(service));
        var executable = builder.AddExecutable(name, "dotnet", Path.GetDirectoryName(assembly)!, "exec", assembly)
            .WithHttpEndpoint(isProxied: false)
            .WithExplicitStart();
        var port = executable.GetEndpoint("http").Property(EndpointProperty.TargetPort);
        var urls = new ReferenceExpressionBuilder();
        foreach (var address in Loopback.All)
            urls.Append($"http://{address.ToString()}:{port};");
        executable.WithEnvironment("ASPNETCORE_URLS", urls.Build());
    }

    /// <summary>Starts it and waits until it is healthy.</summary>
    /// <exception cref="LabException">It ended or did not become healthy; the message has its last lines.</exception>
    public async Task StartAsync(IReadOnlyDictionary<string, string> environment, CancellationToken cancellationToken)
    {
        _resource.Annotations.Add(new EnvironmentCallbackAnnotation(context =>
        {
            foreach (var (variable, value) in environment)
                context.EnvironmentVariables[variable] = value;
        }));
        await StartAsync(cancellationToken);
    }

    /// <summary>Starts it again after it was killed, with the environment that it had.</summary>
    /// <exception cref="LabException">It ended or did not become healthy; the message has its last lines.</exception>
    public async Task RestartAsync(CancellationToken cancellationToken)
    {
        // Until the host has seen the end of the killed process, there is nothing to start.
        await host.ResourceNotifications.WaitForResourceAsync(name, KnownResourceStates.TerminalStates, cancellationToken);
        await StartAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
        => await host.ResourceCommands.ExecuteCommandAsync(_resource, KnownResourceCommands.StopCommand, CancellationToken.None);

    private async Task StartAsync(CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(StartTimeout);
        var lastEnd = Current?.StopTimeStamp;
        try
        {
            await host.ResourceCommands.ExecuteCommandAsync(_resource, KnownResourceCommands.StartCommand, timeout.Token);
            await host.ResourceNotifications.WaitForResourceAsync(
                name, change => IsRunning(change.Snapshot) || HasEnded(change.Snapshot, lastEnd), timeout.Token);
            await WaitHealthyAsync(lastEnd, timeout.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new LabException($"{name} did not become healthy within {StartTimeout.TotalSeconds} s: {await ReadLastLinesAsync()}");
        }
    }

    // Aspire's own health checks pause for up to five seconds, which took 11 s more for the services of one case.
    private async Task WaitHealthyAsync(DateTime? lastEnd, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { BaseAddress = Address };
        while (!await IsHealthyAsync(http, cancellationToken))
        {
            if (Current is { } current && HasEnded(current, lastEnd))
                throw new LabException($"{name} ended instead of serving: {await ReadLastLinesAsync()}");
            await Task.Delay(HealthInterval, cancellationToken);
        }
    }

    private static bool IsRunning(CustomResourceSnapshot snapshot) => snapshot.State?.Text == KnownResourceStates.Running;

    // The host may report the end of the previous process after it has started the next one.
    private static bool HasEnded(CustomResourceSnapshot snapshot, DateTime? lastEnd)
        => snapshot.State?.Text == KnownResourceStates.FailedToStart
        || (KnownResourceStates.TerminalStates.Contains(snapshot.State?.Text) && snapshot.StopTimeStamp != lastEnd);

    private static async Task<bool> IsHealthyAsync(HttpClient http, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await http.GetAsync(new Uri("/health", UriKind.Relative), cancellationToken);
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private async Task<string> ReadLastLinesAsync()
    {
        var lines = new List<string>();
        await foreach (var batch in host.Services.GetRequiredService<ResourceLoggerService>().GetAllAsync(_resource))
            lines.AddRange(batch.Select(line => line.Content));
        return string.Join(" | ", lines.TakeLast(ShownLines));
    }
}
