using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;

namespace Aspire.Hosting;

/// <summary>Has Prometheus scrape each replica of a project.</summary>
public static class ReplicaTargetsExtensions
{
    /// <summary>
    /// Writes the addresses of the replicas of all projects that have several, as they come, where a Prometheus that runs as a process
    /// reads them. In a container it would not reach them: only the orchestrator's proxy before them is forwarded to containers.
    /// </summary>
    public static IResourceBuilder<PrometheusResource> WithReplicaTargets(this IResourceBuilder<PrometheusResource> prometheus)
    {
        prometheus.ApplicationBuilder.Services.AddHostedService(services => new ReplicaTargets(
            services.GetRequiredService<ResourceNotificationService>(),
            Path.Combine(services.GetRequiredService<RunFolder>().Of(prometheus.Resource.Name), "replicas")));
        return prometheus;
    }
}
