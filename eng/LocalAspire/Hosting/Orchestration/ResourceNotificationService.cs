using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using LocalAspire.Orchestration;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A change of a resource, or of one of its instances.</summary>
public class ResourceEvent(IResource resource, string resourceId, CustomResourceSnapshot snapshot)
{
    public IResource Resource { get; } = resource;
    public string ResourceId { get; } = resourceId;
    public CustomResourceSnapshot Snapshot { get; } = snapshot;
}

/// <summary>Keeps the last snapshot of each resource instance and tells watchers of each change, in order.</summary>
public class ResourceNotificationService : IDisposable
{
    private readonly Lock _lock = new();
    private readonly ConcurrentDictionary<string, ResourceEvent> _current = new(StringComparer.OrdinalIgnoreCase);
    private ImmutableList<ChannelWriter<ResourceEvent>> _watchers = [];
    private readonly IServiceProvider _services;
    private readonly CancellationToken _stopping;

    internal ResourceNotificationService(IServiceProvider services, CancellationToken stopping) => (_services, _stopping) = (services, stopping);

    /// <summary>Changes the snapshots of all instances of a resource.</summary>
    public async Task PublishUpdateAsync(IResource resource, Func<CustomResourceSnapshot, CustomResourceSnapshot> stateFactory)
    {
        foreach (var id in resource.InstanceIds())
            await PublishUpdateAsync(resource, id, stateFactory).ConfigureAwait(false);
    }

    /// <summary>Changes the snapshot of one instance.</summary>
    public Task PublishUpdateAsync(IResource resource, string resourceId, Func<CustomResourceSnapshot, CustomResourceSnapshot> stateFactory)
    {
        // Under the lock, so that two changes of one instance neither lose one another nor reach the watchers in another order.
        lock (_lock)
        {
            var former = _current.TryGetValue(resourceId, out var known) ? known.Snapshot : Initial(resource);
            var next = new ResourceEvent(resource, resourceId, stateFactory(former).WithCommandsOf(resource, _services));
            _current[resourceId] = next;
            foreach (var watcher in _watchers)
                watcher.TryWrite(next);
        }
        return Task.CompletedTask;
    }

    /// <summary>The last known state of an instance, or of a resource that has only one.</summary>
    public bool TryGetCurrentState(string resourceId, [NotNullWhen(true)] out ResourceEvent? resourceEvent)
    {
        if (!_current.TryGetValue(resourceId, out resourceEvent))
            resourceEvent = Instances(resourceId) is [var only] ? only : null;
        return resourceEvent is not null;
    }

    /// <summary>First each instance as it is now, then every change.</summary>
    public async IAsyncEnumerable<ResourceEvent> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        // Unbounded: a watcher that lags must not hold up the orchestrator, and changes are few.
        var channel = Channel.CreateUnbounded<ResourceEvent>();
        List<ResourceEvent> known;
        lock (_lock)
        {
            _watchers = _watchers.Add(channel.Writer);
            known = [.. _current.Values];
        }
        try
        {
            foreach (var resourceEvent in known)
                yield return resourceEvent;
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _stopping);
            await foreach (var resourceEvent in channel.Reader.ReadAllAsync(either.Token).ConfigureAwait(false))
                yield return resourceEvent;
        }
        finally
        {
            lock (_lock)
                _watchers = _watchers.Remove(channel.Writer);
        }
    }

    /// <summary>Waits for a state; for Running unless one is given.</summary>
    public Task WaitForResourceAsync(string resourceName, string? targetState = null, CancellationToken cancellationToken = default)
        => WaitForResourceAsync(resourceName, [targetState ?? KnownResourceStates.Running], cancellationToken);

    /// <summary>Waits for one of several states and answers which.</summary>
    public async Task<string> WaitForResourceAsync(string resourceName, IEnumerable<string> targetStates, CancellationToken cancellationToken = default)
        => (await WaitForResourceAsync(resourceName, e => targetStates.Contains(e.Snapshot.State?.Text), cancellationToken).ConfigureAwait(false)).Snapshot.State!.Text;

    /// <summary>Waits for a snapshot that fits.</summary>
    public async Task<ResourceEvent> WaitForResourceAsync(string resourceName, Func<ResourceEvent, bool> predicate, CancellationToken cancellationToken = default)
    {
        await foreach (var resourceEvent in WatchAsync(cancellationToken).ConfigureAwait(false))
        {
            var named = string.Equals(resourceEvent.Resource.Name, resourceName, StringComparison.OrdinalIgnoreCase)
                || string.Equals(resourceEvent.ResourceId, resourceName, StringComparison.OrdinalIgnoreCase);
            if (named && predicate(resourceEvent))
                return resourceEvent;
        }
        throw new OperationCanceledException($"The wait for resource '{resourceName}' was given up: the application is stopping.");
    }

    /// <summary>Waits until the resource runs, is healthy, and the handlers of its ready event are done.</summary>
    public Task<ResourceEvent> WaitForResourceHealthyAsync(string resourceName, CancellationToken cancellationToken = default)
        => WaitForResourceHealthyAsync(resourceName, WaitBehavior.WaitOnResourceUnavailable, cancellationToken);

    /// <summary>Waits until the resource is healthy, and says what happens if it fails before that.</summary>
    public async Task<ResourceEvent> WaitForResourceHealthyAsync(string resourceName, WaitBehavior waitBehavior, CancellationToken cancellationToken = default)
    {
        var stopOnFailure = waitBehavior == WaitBehavior.StopOnResourceUnavailable;
        var reached = await WaitForResourceAsync(resourceName, e => e.Snapshot.IsHealthy() || (stopOnFailure && e.Snapshot.HasEnded()), cancellationToken).ConfigureAwait(false);
        return reached.Snapshot.IsHealthy() ? reached
            : throw new DistributedApplicationException($"Resource '{resourceName}' entered the state {reached.Snapshot.State?.Text} before it was healthy.");
    }

    /// <summary>Ends all watches.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            foreach (var watcher in _watchers)
                watcher.TryComplete();
            _watchers = [];
        }
        GC.SuppressFinalize(this);
    }

    internal List<ResourceEvent> Instances(string resourceName)
        => [.. _current.Values.Where(e => string.Equals(e.Resource.Name, resourceName, StringComparison.OrdinalIgnoreCase))];

    private static CustomResourceSnapshot Initial(IResource resource)
        => resource.TryGetLastAnnotation<ResourceSnapshotAnnotation>(out var annotation) ? annotation.InitialSnapshot
            : new CustomResourceSnapshot { ResourceType = resource.GetType().Name.Replace("Resource", "", StringComparison.Ordinal), Properties = [] };
}
