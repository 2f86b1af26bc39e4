namespace Aspire.Hosting.ApplicationModel;

public sealed record ResourceEvent(IResource Resource, string ResourceId, CustomResourceSnapshot Snapshot);

/// <summary>Keeps the last snapshot of each resource instance and tells watchers of each change, in order.</summary>
public class ResourceNotificationService
{
    private readonly Lock _lock = new();
    private readonly ConcurrentDictionary<string, ResourceEvent> _current = new(StringComparer.OrdinalIgnoreCase);
    private readonly IServiceProvider _services;
    private ImmutableList<ChannelWriter<ResourceEvent>> _watchers = [];
    private bool _ended;

    internal ResourceNotificationService(IServiceProvider services, CancellationToken stopping)
    {
        _services = services;
        stopping.Register(End);
    }

    public Task PublishUpdateAsync(IResource resource, Func<CustomResourceSnapshot, CustomResourceSnapshot> stateFactory)
        => Task.WhenAll(resource.InstanceIds().Select(id => PublishUpdateAsync(resource, id, stateFactory)));

    public Task PublishUpdateAsync(IResource resource, string resourceId, Func<CustomResourceSnapshot, CustomResourceSnapshot> stateFactory)
    {
        // Under the lock, so that two changes of one instance neither lose one another nor reach the watchers in another order.
        lock (_lock)
        {
            var former = _current.TryGetValue(resourceId, out var known) ? known.Snapshot : InitialState.Of(resource);
            var snapshot = stateFactory(former);
            var commands = resource.Annotations.OfType<ResourceCommandAnnotation>().Select(c => new ResourceCommandSnapshot(c, c.State(snapshot, _services)));
            var next = _current[resourceId] = new ResourceEvent(resource, resourceId, snapshot with { Commands = [.. commands] });
            foreach (var watcher in _watchers)
                watcher.TryWrite(next);
        }
        return Task.CompletedTask;
    }

    public bool TryGetCurrentState(string resourceId, [NotNullWhen(true)] out ResourceEvent? resourceEvent)
        => (resourceEvent = Instances(resourceId) is [var only] ? only : null) is not null;

    /// <summary>First each instance as it is now, then every change, until the application stops.</summary>
    public async IAsyncEnumerable<ResourceEvent> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        // Unbounded: a watcher that lags must not hold up the orchestrator, and changes are few.
        var channel = Channel.CreateUnbounded<ResourceEvent>();
        lock (_lock)
        {
            foreach (var known in _current.Values)
                channel.Writer.TryWrite(known);
            if (_ended)
                channel.Writer.TryComplete();
            _watchers = _watchers.Add(channel.Writer);
        }
        try
        {
            await foreach (var resourceEvent in channel.Reader.ReadAllAsync(cancellationToken))
                yield return resourceEvent;
        }
        finally
        {
            lock (_lock)
                _watchers = _watchers.Remove(channel.Writer);
        }
    }

    public Task WaitForResourceAsync(string resourceName, string? targetState = null, CancellationToken cancellationToken = default)
        => WaitForResourceAsync(resourceName, e => e.Snapshot.State?.Text == (targetState ?? KnownResourceStates.Running), cancellationToken);

    public async Task<ResourceEvent> WaitForResourceAsync(string resourceName, Func<ResourceEvent, bool> predicate, CancellationToken cancellationToken = default)
    {
        await foreach (var resourceEvent in WatchAsync(cancellationToken))
            if (IsNamed(resourceEvent, resourceName) && predicate(resourceEvent))
                return resourceEvent;
        throw new OperationCanceledException($"The wait for resource '{resourceName}' was given up: the application is stopping.");
    }

    public Task<ResourceEvent> WaitForResourceHealthyAsync(string resourceName, CancellationToken cancellationToken = default)
        => WaitForResourceAsync(resourceName, e => e.Snapshot.IsHealthy, cancellationToken);

    internal List<ResourceEvent> Instances(string name) => [.. _current.Values.Where(e => IsNamed(e, name))];

    private static bool IsNamed(ResourceEvent e, string name)
        => string.Equals(e.Resource.Name, name, StringComparison.OrdinalIgnoreCase) || string.Equals(e.ResourceId, name, StringComparison.OrdinalIgnoreCase);

    private void End()
    {
        lock (_lock)
        {
            _ended = true;
            foreach (var watcher in _watchers)
                watcher.TryComplete();
        }
    }
}
