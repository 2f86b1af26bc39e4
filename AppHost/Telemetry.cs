using Microsoft.Extensions.Configuration;

namespace Shop.AppHost;

/// <summary>The telemetry of the services, where Aspire's own settings do not fit.</summary>
internal static class Telemetry
{
    // The unit of the variable is a millisecond.
    private const string MetricInterval = "10000";
    private static readonly string[] Keys = ["AppHost:OtlpApiKey", "AppHost:DashboardApiKey"];

    /// <summary>
    /// Keeps the dashboard's keys for the whole run. Aspire generates them on the first run and stores them in the user secrets, which it
    /// reloads when they change: with those of another AppHost that started at the same time, the dashboard would reject the telemetry of
    /// the services that start later.
    /// </summary>
    public static IDistributedApplicationBuilder KeepTelemetryKeys(this IDistributedApplicationBuilder builder)
    {
        builder.Configuration.AddInMemoryCollection(Keys.Select(key => KeyValuePair.Create(key, builder.Configuration[key])).ToList());
        return builder;
    }

    /// <summary>
    /// Traces the requests whose caller traces them or sends no trace at all: <c>always_on</c> would trace all requests of the load, most
    /// of which ask not to be traced. Exports the metrics every ten seconds, and not every second as Aspire does: each export reads all
    /// instruments, and the dashboard writes each point to its database. Does not repeat an export that has failed: at the end the
    /// dashboard is gone before the services, and their attempts took up to four of the ten seconds of the stop.
    /// </summary>
    public static IDistributedApplicationBuilder ConfigureTelemetry(this IDistributedApplicationBuilder builder)
    {
        foreach (var project in builder.Resources.OfType<ProjectResource>())
        {
            builder.CreateResourceBuilder(project)
                .WithEnvironment("OTEL_TRACES_SAMPLER", "parentbased_always_on")
                .WithEnvironment("OTEL_METRIC_EXPORT_INTERVAL", MetricInterval)
                .WithEnvironment("OTEL_DOTNET_EXPERIMENTAL_OTLP_RETRY", "");
        }
        return builder;
    }
}
