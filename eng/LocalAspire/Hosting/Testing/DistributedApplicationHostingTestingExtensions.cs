namespace Aspire.Hosting.Testing;

public static class DistributedApplicationHostingTestingExtensions
{
    public static HttpClient CreateHttpClient(this DistributedApplication app, string resourceName, string? endpointName = null)
        => new() { BaseAddress = app.GetEndpoint(resourceName, endpointName) };

    public static Uri GetEndpoint(this DistributedApplication app, string resourceName, string? endpointName = null)
        => new((Find<IResourceWithEndpoints>(app, resourceName).GetEndpoints().FirstOrDefault(e => endpointName is null || e.EndpointName == endpointName)
            ?? throw new ArgumentException($"Resource '{resourceName}' has no endpoint '{endpointName}'.", nameof(endpointName))).Url);

    public static ValueTask<string?> GetConnectionStringAsync(this DistributedApplication app, string resourceName, CancellationToken cancellationToken = default)
        => Find<IResourceWithConnectionString>(app, resourceName).GetConnectionStringAsync(cancellationToken);

    private static T Find<T>(DistributedApplication app, string name) where T : class, IResource
        => app.Services.GetRequiredService<DistributedApplicationModel>().Resources.TryGetByName(name, out var resource) && resource is T fitting ? fitting
            : throw new ArgumentException($"There is no resource '{name}' of the kind {typeof(T).Name}.", nameof(name));
}
