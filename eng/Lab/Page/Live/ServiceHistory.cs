namespace Shop.Lab.Page.Live;

/// <summary>A service's instances in the last ten minutes.</summary>
/// <param name="service">The service.</param>
/// <param name="time">The clock.</param>
public sealed class ServiceHistory(string service, TimeProvider time)
{
    private static readonly TimeSpan Forget = TimeSpan.FromSeconds(InstanceHistory.MaxPoints);
    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, InstanceHistory> _instances = new(StringComparer.Ordinal);

    /// <summary>The service's name.</summary>
    public string Service => service;

    /// <summary>Why no instance answers; null while one does.</summary>
    public string? Away { get; private set; } = "not asked yet";

    /// <summary>The instances by name, those that ended less than ten minutes ago among them.</summary>
    public IReadOnlyList<InstanceHistory> Instances
    {
        get
        {
            lock (_lock)
                return [.. _instances.Values];
        }
    }

    /// <summary>Takes over an instance; null if its samples arrive already.</summary>
    public InstanceHistory? Connect(string instance)
    {
        lock (_lock)
        {
            Away = null;
            if (!_instances.TryGetValue(instance, out var history))
                _instances[instance] = history = new(instance);
            if (history.IsConnected)
                return null;
            history.IsConnected = true;
            return history;
        }
    }

    /// <summary>An instance sends no more samples.</summary>
    public void Disconnect(InstanceHistory instance)
    {
        lock (_lock)
        {
            instance.IsConnected = false;
            foreach (var ended in _instances.Values.Where(IsForgotten).ToList())
                _instances.Remove(ended.Name);
        }
    }

    /// <summary>No instance could be reached.</summary>
    public void Missed(string reason)
    {
        lock (_lock)
        {
            if (!_instances.Values.Any(instance => instance.IsConnected))
                Away = reason;
        }
    }

    private bool IsForgotten(InstanceHistory instance)
        => !instance.IsConnected && instance.Last is { Time: var last } && time.GetUtcNow() - last > Forget;
}
