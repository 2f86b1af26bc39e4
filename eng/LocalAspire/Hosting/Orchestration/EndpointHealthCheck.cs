using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace LocalAspire.Orchestration;

/// <summary>Asks an endpoint whether its resource is healthy.</summary>
internal sealed class EndpointHealthCheck(EndpointReference endpoint, string path, int statusCode, IHttpClientFactory clients) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken)
    {
        var address = new Uri(new Uri(endpoint.Url), path);
        using var response = await clients.CreateClient(nameof(EndpointHealthCheck)).GetAsync(address, cancellationToken);
        return (int)response.StatusCode == statusCode ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy($"{address} answered {(int)response.StatusCode} instead of {statusCode}.");
    }
}
