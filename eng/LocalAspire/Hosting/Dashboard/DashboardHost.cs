namespace LocalAspire.Dashboard;

/// <summary>The dashboard, run by the orchestrator like any executable, and what serves it with the resources' state.</summary>
internal sealed record DashboardHost(ExecutableResource Resource, DashboardSettings Settings, ResourceServer Server) : IAsyncDisposable
{
    public static async Task<DashboardHost> StartAsync(IServiceProvider services, AspireBundle bundle, string home, CancellationToken cancellation)
    {
        var logger = services.GetRequiredService<ILogger<DistributedApplication>>();
        var settings = DashboardSettings.Choose(services.GetRequiredService<IConfiguration>(), logger);
        var service = ActivatorUtilities.CreateInstance<ResourceService>(services);
        var server = await ResourceServer.StartAsync(service, settings.ResourceService, settings.ResourceServiceKey, cancellation);
        Directory.CreateDirectory(home);
        // As in the genuine AppHost, so that its tests find the dashboard.
        var resource = new ExecutableResource("aspire-dashboard", bundle.Dashboard, Path.GetDirectoryName(bundle.Dashboard)!);
        var endpoint = new EndpointAnnotation("http", "http", settings.Frontend) { Address = ("localhost", settings.Frontend) };
        // The bundle has one program for several purposes; a dashboard of its own takes no argument.
        string[] arguments = Path.GetFileName(bundle.Dashboard) == "aspire-managed" ? ["dashboard"] : [];
        resource.Annotations.Add(endpoint);
        resource.Annotations.Add(new HiddenAnnotation());
        resource.Annotations.Add(new CommandLineArgsAnnotation(arguments));
        resource.Annotations.Add(new EnvironmentCallbackAnnotation(context =>
        {
            foreach (var (name, value) in settings.ForDashboard(home))
                context.EnvironmentVariables[name] = value;
        }));
        resource.Annotations.Add(ResourceBuilderExtensions.HttpCheck(new EndpointReference(resource, "http"), "/login", 200));
        var link = $"http://localhost:{settings.Frontend}/login?t={Uri.EscapeDataString(settings.BrowserToken)}";
        resource.Annotations.Add(new ReadyCallbackAnnotation(cancellation => Task.Run(() => Log.Login(logger, link), cancellation)));
        return new DashboardHost(resource, settings, server);
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
