using Microsoft.Extensions.Configuration;

namespace Shop.AppHost;

/// <summary>Prometheus, which scrapes the services and evaluates the alerts of eng/Monitoring.</summary>
internal static class Monitoring
{
    /// <summary>Configures whether Prometheus runs: <c>true</c> or <c>false</c>, which is the default.</summary>
    private const string ConfigurationKey = "Shop:Monitoring";

    private const string Lab = "lab";
    private const int Port = 9090;

    /// <summary>Adds Prometheus, if it is configured. Call it when the model has its services.</summary>
    public static IDistributedApplicationBuilder AddMonitoring(this IDistributedApplicationBuilder builder)
    {
        if (!builder.Configuration.GetValue(ConfigurationKey, false))
            return builder;
        var services = builder.Resources.OfType<ProjectResource>().ToArray();
        var prometheus = builder.AddPrometheus();
        foreach (var service in services)
        {
            var endpoint = builder.CreateResourceBuilder(service).GetEndpoint("http");
            prometheus.WithEnvironment($"TARGET_{service.Name}", endpoint.Property(EndpointProperty.HostAndPort));
        }
        builder.CreateResourceBuilder(services.Single(service => service.Name == Lab)).WithReference(prometheus);
        return builder;
    }

    private static IResourceBuilder<PrometheusResource> AddPrometheus(this IDistributedApplicationBuilder builder)
        => builder.AddResource(new PrometheusResource("prometheus"))
            .WithImage("prom/prometheus", "v2.53.5")
            .WithHttpEndpoint(targetPort: Port, name: PrometheusResource.EndpointName)
            .WithHttpHealthCheck("/-/ready")
            .WithUrlForEndpoint(PrometheusResource.EndpointName, url =>
            {
                // Debian's package has the former pages.
                url.Url = builder.RunsContainers() ? "/alerts" : "/classic/alerts";
                url.DisplayText = "Alerts";
            })
            .WithReadOnly("servers").WithReadOnly("monitoring")
            .WithEntrypoint("/bin/sh")
            .WithArgs("/shop/servers/prometheus.sh");

    // The script finds the configuration beside its own folder, in the container as here.
    private static IResourceBuilder<PrometheusResource> WithReadOnly(this IResourceBuilder<PrometheusResource> prometheus, string folder)
        => prometheus.WithBindMount(Path.Combine(AppContext.BaseDirectory, folder), $"/shop/{folder}", isReadOnly: true);
}
