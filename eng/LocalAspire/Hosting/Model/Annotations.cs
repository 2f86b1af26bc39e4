using System.Diagnostics.CodeAnalysis;

namespace Aspire.Hosting.ApplicationModel;

// Not public: they are said by the With methods and read by the orchestrator.
internal sealed record EnvironmentCallbackAnnotation(Func<EnvironmentCallbackContext, Task> Callback) : IResourceAnnotation;
internal sealed record CommandLineArgsCallbackAnnotation(Func<CommandLineArgsCallbackContext, Task> Callback) : IResourceAnnotation;
internal sealed record WaitAnnotation(IResource Resource) : IResourceAnnotation;
internal sealed record HealthCheckAnnotation(string Key) : IResourceAnnotation;
internal sealed record ReadyCallbackAnnotation(Func<IServiceProvider, CancellationToken, Task> Callback) : IResourceAnnotation;
internal sealed record ExplicitStartupAnnotation : IResourceAnnotation;
internal sealed record ReplicaAnnotation(int Replicas) : IResourceAnnotation;
internal sealed record InstancesAnnotation(IReadOnlyList<string> Names) : IResourceAnnotation;
internal sealed record ContainerMountAnnotation(string Source, string Target, bool IsReadOnly) : IResourceAnnotation;
internal sealed record ResourceRelationshipAnnotation(IResource Resource, string Type) : IResourceAnnotation;
internal sealed record ResourceIconAnnotation(string IconName, IconVariant IconVariant) : IResourceAnnotation;
internal sealed record ResourceSnapshotAnnotation(CustomResourceSnapshot InitialSnapshot) : IResourceAnnotation;

/// <summary>The environment variables a resource is about to start with: text, or values that are resolved afterwards.</summary>
public sealed record EnvironmentCallbackContext(IResource Resource, Dictionary<string, object> EnvironmentVariables, CancellationToken CancellationToken);
/// <summary>The arguments a resource is about to start with.</summary>
public sealed record CommandLineArgsCallbackContext(IList<object> Args, IResource Resource, CancellationToken CancellationToken);
/// <summary>A resource is healthy for the first time since it started. Those that wait for it wait for the handlers too.</summary>
public sealed record ResourceReadyEvent(IResource Resource, IServiceProvider Services);

/// <summary>Reads a resource's annotations and endpoints.</summary>
public static class ResourceExtensions
{
    public static bool TryGetLastAnnotation<T>(this IResource resource, [NotNullWhen(true)] out T? annotation) where T : IResourceAnnotation
        => (annotation = resource.Annotations.OfType<T>().LastOrDefault()) is not null;

    public static bool HasAnnotationOfType<T>(this IResource resource) where T : IResourceAnnotation => resource.Annotations.OfType<T>().Any();

    public static IEnumerable<EndpointReference> GetEndpoints(this IResourceWithEndpoints resource)
        => resource.Annotations.OfType<EndpointAnnotation>().Select(e => new EndpointReference(resource, e.Name));
}
