using Aspire.Hosting.Testing;

namespace Aspire.Hosting;

/// <summary>Builds the distributed application on the generic host.</summary>
internal sealed class DistributedApplicationBuilder : IDistributedApplicationTestingBuilder
{
    private readonly HostApplicationBuilder _host;
    private EntryPointInterception? _interception = EntryPointInterception.Current;
    private DistributedApplication? _built;

    public DistributedApplicationBuilder(DistributedApplicationOptions options)
    {
        var settings = new HostApplicationBuilderSettings { Args = options.Args };
        _interception?.Configure(options, settings);
        var assembly = options.AssemblyName is { } name ? Assembly.Load(name) : Assembly.GetEntryAssembly();
        var project = assembly?.GetCustomAttributes<AssemblyMetadataAttribute>().FirstOrDefault(a => a.Key == "apphostprojectpath")?.Value;
        AppHostDirectory = Path.GetDirectoryName(project) ?? Directory.GetCurrentDirectory();
        settings.ContentRootPath ??= AppHostDirectory;
        _host = new HostApplicationBuilder(settings);
        Services.AddSingleton(options).AddSingleton(new DistributedApplicationModel(Resources)).AddSingleton<Orchestrator>();
        Services.AddSingleton<ResourceNotificationService>().AddSingleton<ResourceLoggerService>().AddSingleton<ResourceCommandService>();
        Services.Configure<ConsoleLifetimeOptions>(o => o.SuppressStatusMessages = true);
    }

    public ConfigurationManager Configuration => _host.Configuration;
    public string AppHostDirectory { get; }
    public IServiceCollection Services => _host.Services;
    public IResourceCollection Resources { get; } = new ResourceCollection();

    public IResourceBuilder<T> AddResource<T>(T resource) where T : IResource
    {
        if (Resources.TryGetByName(resource.Name, out var existing))
            throw new DistributedApplicationException($"There already is a resource '{existing.Name}'; names differ by more than case.");
        Resources.Add(resource);
        return CreateResourceBuilder(resource);
    }

    public IResourceBuilder<T> CreateResourceBuilder<T>(T resource) where T : IResource => new ResourceBuilder<T>(this, resource);

    public DistributedApplication Build()
    {
        // The first call comes from the AppHost's entry point; under test it goes no further.
        Interlocked.Exchange(ref _interception, null)?.Take(this);
        return _built = new DistributedApplication(_host.Build());
    }

    public Task<DistributedApplication> BuildAsync(CancellationToken cancellationToken) => Task.FromResult(Build());
    public ValueTask DisposeAsync() => _built?.DisposeAsync() ?? ValueTask.CompletedTask;
}
