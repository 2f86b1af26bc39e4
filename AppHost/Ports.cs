using System.Net.NetworkInformation;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Shop.AppHost;

/// <summary>The ports of the services and the dashboard.</summary>
internal static partial class Ports
{
    // The setting that `aspire run --isolated` uses.
    private const string Randomize = "DcpPublisher:RandomizePorts";
    private static readonly string[] DashboardUrls =
        ["ASPNETCORE_URLS", "ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL", "ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL"];

    /// <summary>Whether this run uses random free ports instead of the configured ones.</summary>
    public static bool RandomizesPorts(this IConfiguration configuration) => configuration.GetValue(Randomize, false);

    /// <summary>Allows several Shops to run side by side: if one of the ports is in use, the orchestrator chooses all of them.</summary>
    public static IDistributedApplicationBuilder AvoidTakenPorts(this IDistributedApplicationBuilder builder)
    {
        if (builder.Configuration.RandomizesPorts() || FindTaken(builder) is not { } taken)
            return builder;
        builder.Configuration[Randomize] = "true";
        builder.Eventing.Subscribe<BeforeStartEvent>((starting, _) =>
        {
            LogTaken(starting.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Shop.AppHost"), taken);
            return Task.CompletedTask;
        });
        return builder;
    }

    private static int? FindTaken(IDistributedApplicationBuilder builder)
    {
        var servicePorts = builder.Resources.OfType<ProjectResource>()
            .SelectMany(project => project.Annotations.OfType<EndpointAnnotation>()).Select(endpoint => endpoint.Port);
        var dashboardPorts = DashboardUrls.SelectMany(key => (builder.Configuration[key] ?? "").Split(';'))
            .Select(url => Uri.TryCreate(url, UriKind.Absolute, out var uri) ? uri.Port : (int?)null);
        var listening = IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Select(listener => listener.Port).ToHashSet();
        return servicePorts.Concat(dashboardPorts).FirstOrDefault(port => port is > 0 && listening.Contains(port.Value));
    }

    [LoggerMessage(LogLevel.Warning,
        "Port {Port} is in use. The services and the dashboard listen on other ports, which the dashboard shows.")]
    private static partial void LogTaken(ILogger logger, int port);
}
