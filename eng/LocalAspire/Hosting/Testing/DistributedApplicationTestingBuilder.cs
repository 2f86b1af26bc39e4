namespace Aspire.Hosting.Testing;

public interface IDistributedApplicationTestingBuilder : IDistributedApplicationBuilder, IAsyncDisposable
{
    Task<DistributedApplication> BuildAsync(CancellationToken cancellationToken = default);
}

/// <summary>Runs an AppHost's own entry point up to its Build, and hands its builder to the test. Ports are random and there is no dashboard unless the test says otherwise.</summary>
public static class DistributedApplicationTestingBuilder
{
    public static IDistributedApplicationTestingBuilder Create(params string[] args)
        => new DistributedApplicationBuilder(new DistributedApplicationOptions { Args = ["--DcpPublisher:RandomizePorts=true", .. args], DisableDashboard = true });

    public static Task<IDistributedApplicationTestingBuilder> CreateAsync<TEntryPoint>(CancellationToken cancellationToken = default) where TEntryPoint : class
        => CreateAsync<TEntryPoint>([], (_, _) => { }, cancellationToken);

    public static async Task<IDistributedApplicationTestingBuilder> CreateAsync<TEntryPoint>(string[] args,
        Action<DistributedApplicationOptions, HostApplicationBuilderSettings> configureBuilder, CancellationToken cancellationToken = default)
        => await new EntryPointInterception(typeof(TEntryPoint).Assembly, args, configureBuilder).RunAsync().WaitAsync(cancellationToken);
}

public static class DistributedApplicationHostingTestingExtensions
{
    public static HttpClient CreateHttpClient(this DistributedApplication app, string resourceName, string? endpointName = null)
        => new() { BaseAddress = app.GetEndpoint(resourceName, endpointName) };

    public static Uri GetEndpoint(this DistributedApplication app, string resourceName, string? endpointName = null)
        => new((Find<IResourceWithEndpoints>(app, resourceName).GetEndpoints().FirstOrDefault(e => endpointName is null || e.EndpointName == endpointName)
            ?? throw new ArgumentException($"Resource '{resourceName}' has no endpoint '{endpointName}'.", nameof(endpointName))).Url);

    public static ValueTask<string?> GetConnectionStringAsync(this DistributedApplication app, string resourceName, CancellationToken cancellationToken = default)
        => Find<IResourceWithConnectionString>(app, resourceName).GetConnectionStringAsync(cancellationToken);

    private static T Find<T>(DistributedApplication app, string name) where T : class, IResource
        => app.Services.GetRequiredService<DistributedApplicationModel>().Resources.TryGetByName(name, out var resource) && resource is T fitting ? fitting
            : throw new ArgumentException($"There is no resource '{name}' of the kind {typeof(T).Name}.", nameof(name));
}

/// <summary>An AppHost's entry point on its way to a test. The builder that it makes finds this by the execution context, so that several can be under way.</summary>
internal sealed class EntryPointInterception(Assembly assembly, string[] args, Action<DistributedApplicationOptions, HostApplicationBuilderSettings> configure)
{
    private static readonly AsyncLocal<EntryPointInterception?> s_current = new();
    private readonly TaskCompletionSource<DistributedApplicationBuilder> _builder = new(TaskCreationOptions.RunContinuationsAsynchronously);
    public static EntryPointInterception? Current => s_current.Value;

    public Task<DistributedApplicationBuilder> RunAsync()
    {
        // A thread of its own: an entry point may block.
        _ = Task.Factory.StartNew(RunEntryPoint, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        return _builder.Task;
    }

    public void Configure(DistributedApplicationOptions options, HostApplicationBuilderSettings settings)
    {
        options.AssemblyName = settings.ApplicationName = assembly.GetName().Name;
        options.DisableDashboard = true;
        settings.EnvironmentName = Environments.Development;
        settings.Args = ["--DcpPublisher:RandomizePorts=true", .. settings.Args ?? []];
        configure(options, settings);
    }

    /// <summary>Takes the builder and leaves the entry point, whose Build and Run are the test's affair.</summary>
    public void Take(DistributedApplicationBuilder builder)
    {
        _builder.TrySetResult(builder);
        throw new HostAbortedException();
    }

    private void RunEntryPoint()
    {
        s_current.Value = this;
        try
        {
            var main = assembly.EntryPoint ?? throw new InvalidOperationException($"{assembly.GetName().Name} is no program: it has no entry point.");
            main.Invoke(null, BindingFlags.DoNotWrapExceptions, null, main.GetParameters().Length == 0 ? null : [args], null);
            _builder.TrySetException(new InvalidOperationException($"The entry point of {assembly.GetName().Name} ended without building an application."));
        }
        catch (Exception exception)
        {
            // Without effect on one that was left on purpose.
            _builder.TrySetException(exception);
        }
    }
}
