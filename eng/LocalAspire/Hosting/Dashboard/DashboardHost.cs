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
internal sealed record DashboardLaunch(ExecutableResource Resource, IReadOnlyDictionary<string, string> ServiceEnvironment, ResourceServer Server) : IAsyncDisposable
{
    public ValueTask DisposeAsync() => Server.DisposeAsync();
}

/// <summary>Serves the dashboard with the resources' state.</summary>
internal static partial class DashboardHost
{
    public static async Task<DashboardLaunch> StartAsync(IServiceProvider services, AspireBundle bundle, string runFolder, CancellationToken cancellationToken)
    {
        var configuration = services.GetRequiredService<IConfiguration>();
        var logger = services.GetRequiredService<ILogger<DistributedApplication>>();
        var addresses = DashboardAddresses.Choose(configuration, logger);
        var keys = DashboardKeys.From(configuration);
        var home = Directory.CreateDirectory(Path.Combine(runFolder, "dashboard"));
        var service = ActivatorUtilities.CreateInstance<ResourceService>(services, services.GetRequiredService<IHostEnvironment>().ApplicationName);
        var server = await ResourceServer.StartAsync(service, addresses.ResourceService, keys.ResourceService, cancellationToken);
        _ = AnnounceAsync($"{addresses.Url}/login?t={Uri.EscapeDataString(keys.Browser)}", logger, services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping);
        return new DashboardLaunch(Resource(bundle, addresses, Environment(addresses, keys, home.FullName)), TelemetryEnvironment(addresses, keys), server);
    }

    // As in the genuine AppHost, so that its tests find the dashboard.
    private static ExecutableResource Resource(AspireBundle bundle, DashboardAddresses addresses, Dictionary<string, string> environment)
    {
        var resource = new ExecutableResource("aspire-dashboard", bundle.DashboardPath, bundle.DashboardWorkingDirectory);
        var endpoint = new EndpointAnnotation(ProtocolType.Tcp, "http", port: addresses.Frontend, targetPort: addresses.Frontend, isProxied: false);
        endpoint.AllocatedEndpoint = new AllocatedEndpoint(endpoint, "localhost", addresses.Frontend);
        resource.Annotations.Add(endpoint);
        resource.Annotations.Add(new ResourceSnapshotAnnotation(new CustomResourceSnapshot { ResourceType = "Executable", Properties = [], IsHidden = true }));
        resource.Annotations.Add(new CommandLineArgsCallbackAnnotation(context =>
        {
            // The bundle has one program for several purposes; a dashboard of its own takes no argument.
            if (Path.GetFileName(bundle.DashboardPath) == "aspire-managed")
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
        // Killed, it would leave its diagnostic pipes in the temporary folder.
        ["DOTNET_EnableDiagnostics"] = "0",
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

    // Once, when the dashboard answers; never, if the application stops before.
    private static async Task AnnounceAsync(string link, ILogger logger, CancellationToken stopping)
    {
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false });
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                using var response = await client.GetAsync(new Uri(link).GetLeftPart(UriPartial.Authority), stopping);
                Announce(logger, link);
                return;
            }
            catch (HttpRequestException)
            {
                await Task.WhenAny(Task.Delay(200, stopping));
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
        }
    }

    [LoggerMessage(LogLevel.Information, "Login to the dashboard at {Link}")]
    private static partial void Announce(ILogger logger, string link);
}

/// <summary>The secrets between dashboard, AppHost, services and browser: configured under the genuine AppHost's names, else new ones, which are written back there.</summary>
internal sealed record DashboardKeys(string Browser, string ResourceService, string Otlp, string Api)
{
    public static DashboardKeys From(IConfiguration configuration)
    {
        return new(Key("AppHost:BrowserToken", "ASPIRE_DASHBOARD_FRONTEND_BROWSERTOKEN"), Key("AppHost:ResourceService:ApiKey", "ASPIRE_DASHBOARD_RESOURCESERVICE_APIKEY"),
            Key("AppHost:OtlpApiKey"), Key("AppHost:DashboardApiKey"));

        string Key(string name, string? variable = null)
            => configuration[name] ??= variable is not null && configuration[variable] is { Length: > 0 } given ? given : RandomNumberGenerator.GetHexString(32, lowercase: true);
    }
}
