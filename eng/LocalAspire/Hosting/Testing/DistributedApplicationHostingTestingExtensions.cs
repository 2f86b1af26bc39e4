using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;

namespace Aspire.Hosting.Testing;

/// <summary>Reaches the resources of an application from a test.</summary>
public static class DistributedApplicationHostingTestingExtensions
{
    public static HttpClient CreateHttpClient(this DistributedApplication app, string resourceName, string? endpointName = null)
    {
        var client = app.Services.GetRequiredService<IHttpClientFactory>().CreateClient();
        client.BaseAddress = app.GetEndpoint(resourceName, endpointName);
        return client;
    }

    public static Uri GetEndpoint(this DistributedApplication app, string resourceName, string? endpointName = null)
    {
        var endpoints = (Find<IResourceWithEndpoints>(app, resourceName) ?? throw new ArgumentException($"Resource '{resourceName}' has no endpoints.", nameof(resourceName))).GetEndpoints().ToList();
        var endpoint = endpointName is null ? endpoints.Find(e => e.IsHttp || e.IsHttps) ?? endpoints.FirstOrDefault() : endpoints.Find(e => e.EndpointName == endpointName);
        return new Uri(endpoint?.Url ?? throw new ArgumentException($"Resource '{resourceName}' has no endpoint '{endpointName ?? "http"}'.", nameof(endpointName)));
    }

    public static ValueTask<string?> GetConnectionStringAsync(this DistributedApplication app, string resourceName, CancellationToken cancellationToken = default)
        => (Find<IResourceWithConnectionString>(app, resourceName) ?? throw new ArgumentException($"Resource '{resourceName}' has no connection string.", nameof(resourceName))).GetConnectionStringAsync(cancellationToken);

    private static T? Find<T>(DistributedApplication app, string name) where T : class, IResource
        => app.Services.GetRequiredService<DistributedApplicationModel>().Resources.TryGetByName(name, out var resource) ? resource as T
            : throw new ArgumentException($"There is no resource '{name}'.", nameof(name));
}
