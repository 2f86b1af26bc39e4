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
