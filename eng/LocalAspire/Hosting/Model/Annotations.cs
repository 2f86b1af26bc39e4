namespace Aspire.Hosting.ApplicationModel;

/// <summary>What is waited for.</summary>
internal enum WaitType { WaitUntilHealthy, WaitForCompletion, WaitUntilStarted }

// Not public: they are said by the With methods and read by the orchestrator.
internal sealed record EnvironmentCallbackAnnotation(Func<EnvironmentCallbackContext, Task> Callback) : IResourceAnnotation;
internal sealed record CommandLineArgsCallbackAnnotation(Func<CommandLineArgsCallbackContext, Task> Callback) : IResourceAnnotation;
internal sealed record WaitAnnotation(IResource Resource, WaitType WaitType, int ExitCode = 0) : IResourceAnnotation;
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
public class EnvironmentCallbackContext(IResource resource, Dictionary<string, object> environmentVariables, CancellationToken cancellationToken)
{
    public Dictionary<string, object> EnvironmentVariables { get; } = environmentVariables;
    public IResource Resource { get; } = resource;
    public CancellationToken CancellationToken { get; } = cancellationToken;
}

/// <summary>The arguments a resource is about to start with: text, or values that are resolved afterwards.</summary>
public sealed class CommandLineArgsCallbackContext(IList<object> args, IResource resource, CancellationToken cancellationToken = default)
{
    public IList<object> Args { get; } = args;
    public IResource Resource { get; } = resource;
    public CancellationToken CancellationToken { get; } = cancellationToken;
}

/// <summary>A resource is healthy for the first time since it started. Those that wait for it wait for the handlers too.</summary>
public class ResourceReadyEvent(IResource resource, IServiceProvider services)
{
    public IResource Resource { get; } = resource;
    public IServiceProvider Services { get; } = services;
}
