using Shop.Lab.Page.Alerts;

namespace Shop.Lab.Page.Live;

/// <summary>The last ten minutes of all services.</summary>
public sealed class LiveHistory(TimeProvider time) : IWatchedServices
{
    /// <summary>The services in the order of the shop.</summary>
    public IReadOnlyList<ServiceHistory> Services { get; } = [.. ShopAddresses.Names.Select(service => new ServiceHistory(service, time))];

    /// <summary>Whether a drill is on, whoever has started it: the services hide their cases.</summary>
    public bool IsInDrill
        => Services.SelectMany(service => service.Instances).Any(instance => instance is { IsConnected: true, IsInDrill: true });

    /// <summary>The process of a service; of several replicas, of the one that uses most memory. Null if none answers.</summary>
    public int? ProcessOf(string service)
        => Find(service)?.Instances.Where(instance => instance.IsConnected).Select(instance => instance.Last)
            .MaxBy(sample => sample?.WorkingSetBytes)?.ProcessId;

    /// <summary>The history of a service; null if there is no such service.</summary>
    public ServiceHistory? Find(string service) => Services.FirstOrDefault(history => history.Service == service);
}
