namespace Shop.AppHost;

/// <summary>The telemetry of the services, where Aspire's own settings do not fit.</summary>
internal static class Telemetry
{
    /// <summary>
    /// Traces the requests whose caller traces them or sends no trace at all: <c>always_on</c> would trace all requests of the load, most
    /// of which ask not to be traced. Does not repeat an export that has failed: at the end the dashboard is gone before the services,
    /// and their attempts took up to four of the ten seconds of the stop.
    /// </summary>
    public static IDistributedApplicationBuilder ConfigureTelemetry(this IDistributedApplicationBuilder builder)
    {
        foreach (var project in builder.Resources.OfType<ProjectResource>())
        {
            builder.CreateResourceBuilder(project)
                .WithEnvironment("OTEL_TRACES_SAMPLER", "parentbased_always_on")
                .WithEnvironment("OTEL_DOTNET_EXPERIMENTAL_OTLP_RETRY", "");
        }
        return builder;
    }
}
