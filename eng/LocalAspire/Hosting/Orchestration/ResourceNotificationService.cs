namespace Aspire.Hosting.ApplicationModel;

public sealed record ResourceEvent(IResource Resource, string ResourceId, CustomResourceSnapshot Snapshot);

/// <summary>Keeps the last snapshot of each resource instance and tells watchers of each change, in order. A name is a resource's or an instance's.</summary>
public class ResourceNotificationService(IHostApplicationLifetime lifetime)
{
    private readonly ConcurrentDictionary<string, ResourceEvent> _current = new(StringComparer.OrdinalIgnoreCase);
    private readonly Broadcast<ResourceEvent> _changes = new(lifetime.ApplicationStopping);

    public Task PublishUpdateAsync(IResource resource, Func<CustomResourceSnapshot, CustomResourceSnapshot> stateFactory)
        => Task.WhenAll(resource.InstanceIds().Select(id => PublishUpdateAsync(resource, id, stateFactory)));

    public Task PublishUpdateAsync(IResource resource, string resourceId, Func<CustomResourceSnapshot, CustomResourceSnapshot> stateFactory)
    {
        _changes.Tell(() =>
        {
            var snapshot = stateFactory(_current.TryGetValue(resourceId, out var known) ? known.Snapshot : InitialState.Of(resource));
            var commands = resource.Annotations.OfType<ResourceCommandAnnotation>()
                .Select(c => new ResourceCommandSnapshot(c, c.Options.UpdateState?.Invoke(new UpdateCommandStateContext(snapshot)) ?? ResourceCommandState.Enabled));
            return _current[resourceId] = new ResourceEvent(resource, resourceId, snapshot with { Commands = [.. commands] });
        });
        return Task.CompletedTask;
    }

    public bool TryGetCurrentState(string resourceId, [NotNullWhen(true)] out ResourceEvent? resourceEvent)
        => (resourceEvent = Instances(resourceId) is [var only] ? only : null) is not null;

    public async IAsyncEnumerable<ResourceEvent> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var changes in _changes.WatchAsync(() => _current.Values, cancellationToken))
            foreach (var change in changes)
                yield return change;
    }

    public Task WaitForResourceAsync(string resourceName, string? targetState = null, CancellationToken cancellationToken = default)
        => WaitForResourceAsync(resourceName, e => e.Snapshot.State?.Text == (targetState ?? KnownResourceStates.Running), cancellationToken);

    public async Task<ResourceEvent> WaitForResourceAsync(string resourceName, Func<ResourceEvent, bool> predicate, CancellationToken cancellationToken = default)
    {
        await foreach (var resourceEvent in WatchAsync(cancellationToken))
            if (IsNamed(resourceEvent, resourceName) && predicate(resourceEvent))
                return resourceEvent;
        throw new OperationCanceledException(cancellationToken);
    }

    public Task<ResourceEvent> WaitForResourceHealthyAsync(string resourceName, CancellationToken cancellationToken = default)
        => WaitForResourceAsync(resourceName, e => e.Snapshot.IsHealthy, cancellationToken);

    internal List<ResourceEvent> Instances(string name) => [.. _current.Values.Where(e => IsNamed(e, name))];

    private static bool IsNamed(ResourceEvent e, string name)
        => string.Equals(e.Resource.Name, name, StringComparison.OrdinalIgnoreCase) || string.Equals(e.ResourceId, name, StringComparison.OrdinalIgnoreCase);
}
