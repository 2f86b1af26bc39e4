namespace Aspire.Hosting.ApplicationModel;

// Not public: they are said by the With methods and read by the orchestrator.
internal sealed record EnvironmentCallbackAnnotation(Action<EnvironmentCallbackContext> Callback) : IResourceAnnotation;
internal sealed record CommandLineArgsAnnotation(IReadOnlyList<string> Args) : IResourceAnnotation;
internal sealed record WaitAnnotation(IResource Resource) : IResourceAnnotation;
internal sealed record HealthCheckAnnotation(string Key, Func<CancellationToken, Task> Check) : IResourceAnnotation;
internal sealed record ReadyCallbackAnnotation(Func<CancellationToken, Task> Callback) : IResourceAnnotation;
internal sealed record ExplicitStartupAnnotation : IResourceAnnotation;
internal sealed record HiddenAnnotation : IResourceAnnotation;
internal sealed record ReplicaAnnotation(int Replicas) : IResourceAnnotation;
internal sealed record InstancesAnnotation(IReadOnlyList<string> Names) : IResourceAnnotation;
internal sealed record DataFolderAnnotation(string Path) : IResourceAnnotation;
internal sealed record ResourceRelationshipAnnotation(IResource Resource, string Type) : IResourceAnnotation;

public sealed record EnvironmentCallbackContext(IResource Resource, Dictionary<string, object> EnvironmentVariables, CancellationToken CancellationToken);

public static class ResourceExtensions
{
    public static bool TryGetLastAnnotation<T>(this IResource resource, [NotNullWhen(true)] out T? annotation) where T : IResourceAnnotation
        => (annotation = resource.Annotations.OfType<T>().LastOrDefault()) is not null;

    public static bool HasAnnotationOfType<T>(this IResource resource) where T : IResourceAnnotation => resource.Annotations.OfType<T>().Any();

    public static IEnumerable<EndpointReference> GetEndpoints(this IResourceWithEndpoints resource)
        => resource.Annotations.OfType<EndpointAnnotation>().Select(e => new EndpointReference(resource, e.Name));
}

/// <summary>Where a resource listens: <c>Port</c> is the one that others use, <c>TargetPort</c> the process's own; what is left out is chosen.</summary>
internal sealed record EndpointAnnotation(string Scheme, string Name, int? Port, int? TargetPort = null, bool IsProxied = false) : IResourceAnnotation
{
    // Where the process reads its own port.
    public string? Variable { get; init; }
    // Given before any process starts, so that references never wait for one another.
    public (string Host, int Port)? Address { get; set; }
    // Of the orchestrator: it listens at the address and passes on to the processes.
    public string? Service { get; set; }
}

public interface IValueProvider
{
    ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default);
}

public interface IResourceWithConnectionString : IResource, IValueProvider
{
    ValueTask<string?> GetConnectionStringAsync(CancellationToken cancellationToken = default);
    ValueTask<string?> IValueProvider.GetValueAsync(CancellationToken cancellationToken) => GetConnectionStringAsync(cancellationToken);
}

public sealed class EndpointReference(IResourceWithEndpoints owner, string endpointName) : IValueProvider
{
    public IResourceWithEndpoints Resource { get; } = owner;
    public string EndpointName { get; } = endpointName;
    public bool Exists => Find() is not null;
    public string Scheme => Find()?.Scheme ?? throw new InvalidOperationException($"Resource '{Resource.Name}' has no endpoint '{EndpointName}'.");
    public string Host => Address.Host;
    public int Port => Address.Port;
    public string Url => $"{Scheme}://{Host}:{Port}";

    private (string Host, int Port) Address => Find()?.Address
        ?? throw new InvalidOperationException($"The endpoint '{EndpointName}' of resource '{Resource.Name}' is not allocated: the application has not been started.");

    public ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default) => new(Url);
    private EndpointAnnotation? Find() => Resource.Annotations.OfType<EndpointAnnotation>().FirstOrDefault(e => e.Name == EndpointName);
}
