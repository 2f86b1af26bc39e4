using System.Net.NetworkInformation;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Shop.AppHost;

/// <summary>The ports of the services and the dashboard.</summary>
internal static partial class Ports
{
    // What `aspire run --isolated` sets.
    private const string Randomize = "DcpPublisher:RandomizePorts";
    private static readonly string[] DashboardUrls = ["ASPNETCORE_URLS", "ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL", "ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL"];

    /// <summary>Whether this run takes any free ports instead of the ones that are written down.</summary>
    public static bool RandomizesPorts(this IConfiguration configuration) => configuration.GetValue(Randomize, false);

    /// <summary>Lets a second Shop run beside another one: if one of its ports is taken, all of them are chosen by the orchestrator.</summary>
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
        var ofServices = builder.Resources.OfType<ProjectResource>().SelectMany(project => project.Annotations.OfType<EndpointAnnotation>()).Select(endpoint => endpoint.Port);
        var ofDashboard = DashboardUrls.SelectMany(key => (builder.Configuration[key] ?? "").Split(';')).Select(url => Uri.TryCreate(url, UriKind.Absolute, out var uri) ? uri.Port : (int?)null);
        var listening = IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Select(listener => listener.Port).ToHashSet();
        return ofServices.Concat(ofDashboard).FirstOrDefault(port => port is > 0 && listening.Contains(port.Value));
    }

    [LoggerMessage(LogLevel.Warning, "Port {Port} is taken. The services and the dashboard listen on other ports, which the dashboard shows.")]
    private static partial void LogTaken(ILogger logger, int port);
}
