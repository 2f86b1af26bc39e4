using Microsoft.Extensions.Configuration;

namespace Shop.AppHost;

/// <summary>
/// Prometheus, which scrapes the services and evaluates the alerts of eng/Monitoring, and Grafana with the dashboard.
/// </summary>
internal static class Monitoring
{
    /// <summary>Configures whether Prometheus runs: <c>true</c> or <c>false</c>, which is the default.</summary>
    private const string ConfigurationKey = "Shop:Monitoring";

    /// <summary>Configures the folder in which the Lab keeps the dumps that alerts ask for; if it is not set, it keeps none.</summary>
    private const string KeptDumps = "Shop:KeepDumps";

    private const string Lab = "lab";
    private const int Port = 9090;

    /// <summary>Adds them, if that is configured. Call it when the model has its services.</summary>
    public static IDistributedApplicationBuilder AddMonitoring(this IDistributedApplicationBuilder builder)
    {
        if (!builder.Configuration.GetValue(ConfigurationKey, false))
            return builder;
        var services = builder.Resources.OfType<ProjectResource>().ToArray();
        var prometheus = builder.AddPrometheus();
        if (builder.RunsContainers())
            builder.AddGrafana(prometheus);
        else
            prometheus.WithReplicaTargets();
        prometheus.WithEnvironment(context =>
        {
            foreach (var service in services.Where(service => builder.RunsContainers() || service.GetReplicaCount() == 1))
                context.EnvironmentVariables[$"TARGET_{service.Name}"] = service.GetEndpoint("http").Property(EndpointProperty.HostAndPort);
        });
        var lab = builder.CreateResourceBuilder(services.Single(service => service.Name == Lab)).WithReference(prometheus);
        if (builder.Configuration[KeptDumps] is { Length: > 0 } folder)
            lab.WithArgs("--keep-dump", Path.GetFullPath(folder));
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

    // Debian has no Grafana, so it runs only as a container. Whoever reaches this machine's loopback may look, and change nothing.
    private static void AddGrafana(this IDistributedApplicationBuilder builder, IResourceBuilder<PrometheusResource> prometheus)
        => builder.AddContainer("grafana", "grafana/grafana", "11.6.0")
            .WithHttpEndpoint(targetPort: 3000)
            .WithHttpHealthCheck("/api/health")
            .WithUrlForEndpoint("http", url => (url.DisplayText, url.Url) = ("Dashboard", "/d/shop-memory"))
            .WithBindMount(Path.Combine(AppContext.BaseDirectory, "grafana/provisioning"), "/etc/grafana/provisioning", isReadOnly: true)
            .WithBindMount(Path.Combine(AppContext.BaseDirectory, "grafana/dashboards"), "/shop/dashboards", isReadOnly: true)
            .WithEnvironment("GF_AUTH_ANONYMOUS_ENABLED", "true")
            .WithEnvironment("GF_AUTH_DISABLE_LOGIN_FORM", "true")
            .WithEnvironment("PROMETHEUS_URL", prometheus.Resource.ConnectionStringExpression);

    // The script finds the configuration beside its own folder, in the container as here.
    private static IResourceBuilder<PrometheusResource> WithReadOnly(this IResourceBuilder<PrometheusResource> prometheus, string folder)
        => prometheus.WithBindMount(Path.Combine(AppContext.BaseDirectory, folder), $"/shop/{folder}", isReadOnly: true);
}
