namespace Shop.Lab.Page.Live;

/// <summary>The last ten minutes of all services.</summary>
public sealed class LiveHistory(TimeProvider time)
{
    /// <summary>The services in the order of the shop.</summary>
    public IReadOnlyList<ServiceHistory> Services { get; } = [.. ShopAddresses.Names.Select(service => new ServiceHistory(service, time))];

    /// <summary>The history of a service; null if there is no such service.</summary>
    public ServiceHistory? Find(string service) => Services.FirstOrDefault(history => history.Service == service);
}
