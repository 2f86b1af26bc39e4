using System.Net.Sockets;
using System.Security.Cryptography;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using LocalAspire.Tools;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LocalAspire.Dashboard;

/// <summary>What the dashboard needs to be run, and what services need to send it their telemetry.</summary>
/// <param name="Resource">The dashboard, run by the orchestrator like any executable. Its environment is given by annotations.</param>
/// <param name="ServiceEnvironment">The OTEL variables that are the same for every service.</param>
internal sealed record DashboardLaunch(ExecutableResource Resource, IReadOnlyDictionary<string, string> ServiceEnvironment, ResourceServer Server, LoginLink Link) : IAsyncDisposable
{
    public async ValueTask DisposeAsync()
    {
        await Link.DisposeAsync().ConfigureAwait(false);
        await Server.DisposeAsync().ConfigureAwait(false);
    }
}

/// <summary>Serves the dashboard with the resources' state.</summary>
internal static class DashboardHost
{
    // As in the genuine AppHost, so that its tests and commands find it.
    private const string ResourceName = "aspire-dashboard";
    private const string Category = "Aspire.Hosting.DistributedApplication";

    public static async Task<DashboardLaunch> StartAsync(IServiceProvider services, AspireBundle bundle, string runFolder, CancellationToken cancellationToken)
    {
        var configuration = services.GetRequiredService<IConfiguration>();
        var logger = services.GetRequiredService<ILoggerFactory>().CreateLogger(Category);
        var addresses = DashboardAddresses.Choose(configuration, logger);
        var keys = DashboardKeys.From(configuration);
        var home = Directory.CreateDirectory(Path.Combine(runFolder, "dashboard"));
        var resource = Resource(bundle, addresses, Environment(addresses, keys, home.FullName));
        return new DashboardLaunch(resource, TelemetryEnvironment(addresses, keys),
            await ResourceServer.StartAsync(Service(services), addresses.ResourceService, keys.ResourceService, logger, cancellationToken).ConfigureAwait(false),
            LoginLink.Announce(addresses.Url, keys.Browser, logger));
    }

    private static ResourceService Service(IServiceProvider services)
    {
        var name = services.GetService<DistributedApplicationOptions>()?.DashboardApplicationName ?? services.GetRequiredService<IHostEnvironment>().ApplicationName;
        const string suffix = "AppHost";
        if (name.Length > suffix.Length && name.EndsWith(suffix, StringComparison.OrdinalIgnoreCase))
            name = name[..^suffix.Length].TrimEnd('.');
        return new ResourceService(name, services.GetRequiredService<ResourceNotificationService>(), services.GetRequiredService<ResourceLoggerService>(), services.GetRequiredService<ResourceCommandService>());
    }

    private static ExecutableResource Resource(AspireBundle bundle, DashboardAddresses addresses, Dictionary<string, string> environment)
    {
        var resource = new ExecutableResource(ResourceName, bundle.DashboardPath, bundle.DashboardWorkingDirectory);
        var endpoint = new EndpointAnnotation(ProtocolType.Tcp, "http", port: addresses.Frontend, targetPort: addresses.Frontend, isProxied: false);
        endpoint.AllocatedEndpoint = new AllocatedEndpoint(endpoint, "localhost", addresses.Frontend);
        resource.Annotations.Add(endpoint);
        resource.Annotations.Add(new ResourceSnapshotAnnotation(new CustomResourceSnapshot { ResourceType = "Executable", Properties = [], IsHidden = true }));
        // The bundle has one program for several purposes; a dashboard of its own takes no argument.
        if (Path.GetFileName(bundle.DashboardPath) == "aspire-managed")
            resource.Annotations.Add(new CommandLineArgsCallbackAnnotation(context =>
            {
                context.Args.Add("dashboard");
                return Task.CompletedTask;
            }));
        resource.Annotations.Add(new EnvironmentCallbackAnnotation(context =>
        {
            foreach (var (name, value) in environment)
                context.EnvironmentVariables[name] = value;
            return Task.CompletedTask;
        }));
        return resource;
    }

    private static Dictionary<string, string> Environment(DashboardAddresses addresses, DashboardKeys keys, string home) => new()
    {
        ["ASPNETCORE_ENVIRONMENT"] = "Production",
        ["ASPNETCORE_URLS"] = addresses.Url,
        ["ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL"] = $"http://localhost:{addresses.OtlpGrpc}",
        ["ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL"] = $"http://localhost:{addresses.OtlpHttp}",
        ["ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL"] = $"http://127.0.0.1:{addresses.ResourceService}",
        ["ASPIRE_DASHBOARD_TELEMETRY_OPTOUT"] = "true",
        ["ASPIRE_DASHBOARD_API_ENABLED"] = "true",
        ["DASHBOARD__FRONTEND__AUTHMODE"] = "BrowserToken",
        ["DASHBOARD__FRONTEND__BROWSERTOKEN"] = keys.Browser,
        ["DASHBOARD__RESOURCESERVICECLIENT__AUTHMODE"] = "ApiKey",
        ["DASHBOARD__RESOURCESERVICECLIENT__APIKEY"] = keys.ResourceService,
        ["DASHBOARD__OTLP__AUTHMODE"] = "ApiKey",
        ["DASHBOARD__OTLP__PRIMARYAPIKEY"] = keys.Otlp,
        ["DASHBOARD__API__AUTHMODE"] = "ApiKey",
        ["DASHBOARD__API__PRIMARYAPIKEY"] = keys.Api,
        // It keeps the keys of its cookies there; the user's home is not for this.
        ["HOME"] = home,
    };

    private static Dictionary<string, string> TelemetryEnvironment(DashboardAddresses addresses, DashboardKeys keys) => new()
    {
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = $"http://localhost:{addresses.OtlpGrpc}",
        ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "grpc",
        ["OTEL_EXPORTER_OTLP_HEADERS"] = $"x-otlp-api-key={keys.Otlp}",
        // What is seen on the dashboard should be a second old, not five.
        ["OTEL_BLRP_SCHEDULE_DELAY"] = "1000",
        ["OTEL_BSP_SCHEDULE_DELAY"] = "1000",
        ["OTEL_METRIC_EXPORT_INTERVAL"] = "1000",
        ["OTEL_TRACES_SAMPLER"] = "always_on",
        ["OTEL_METRICS_EXEMPLAR_FILTER"] = "trace_based",
    };
}

/// <summary>The secrets between dashboard, AppHost, services and browser: configured under the genuine AppHost's names, else new ones, which are written back there.</summary>
internal sealed record DashboardKeys(string Browser, string ResourceService, string Otlp, string Api)
{
    public static DashboardKeys From(IConfiguration configuration)
    {
        configuration["AppHost:BrowserToken"] ??= NullIfEmpty(configuration["ASPIRE_DASHBOARD_FRONTEND_BROWSERTOKEN"]);
        configuration["AppHost:ResourceService:ApiKey"] ??= NullIfEmpty(configuration["ASPIRE_DASHBOARD_RESOURCESERVICE_APIKEY"]);
        return new(Key(configuration, "AppHost:BrowserToken"), Key(configuration, "AppHost:ResourceService:ApiKey"), Key(configuration, "AppHost:OtlpApiKey"), Key(configuration, "AppHost:DashboardApiKey"));
    }

    private static string? NullIfEmpty(string? value) => string.IsNullOrEmpty(value) ? null : value;

    private static string Key(IConfiguration configuration, string name) => configuration[name] ??= RandomNumberGenerator.GetHexString(32, lowercase: true);
}
