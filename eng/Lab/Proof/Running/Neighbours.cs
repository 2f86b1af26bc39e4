using Shop.ServiceDefaults.Cases;

namespace Shop.Lab.Proof.Running;

/// <summary>
/// The services that a case's service talks to: real ones, Release, with all cases Fixed. They have backends of their own,
/// so that Sessions never receives the messages that empty a cart: the same cart can be ordered again and again.
/// </summary>
internal sealed class Neighbours : IAsyncDisposable
{
    private readonly List<ServiceProcess> _processes = [];
    private readonly Dictionary<string, Uri> _addresses = [];

    public IReadOnlyDictionary<string, Uri> Addresses => _addresses;

    /// <summary>The addresses at which a variant calls them.</summary>
    public IReadOnlyDictionary<string, Uri> AddressesFor(CaseVariant variant)
        => _addresses.ToDictionary(
            service => service.Key, service => new UriBuilder(service.Value) { Host = $"{Loopback.Of(variant)}" }.Uri);

    public static async Task<Neighbours> StartAsync(
        CaseStudy study, IEnumerable<string> services, Backends backends, CancellationToken cancellationToken)
    {
        var neighbours = new Neighbours();
        try
        {
            foreach (var service in services)
                await neighbours.AddAsync(study, service, backends, cancellationToken);
            return neighbours;
        }
        catch
        {
            await neighbours.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync() => await Task.WhenAll(_processes.Select(process => process.DisposeAsync().AsTask()));

    private async Task AddAsync(CaseStudy study, string service, Backends backends, CancellationToken cancellationToken)
    {
        var environment = ServiceEnvironment.Of(await backends.IsolateAsync(cancellationToken), _addresses);
        // No gateway would answer at once; but here its latency would only make the proof longer.
        environment["Gateway__MeanLatency"] = environment["Gateway__LatencyJitter"] = "00:00:00";
        var process = await backends.StartServiceAsync(ServiceProcess.NameOf(study, service), environment, cancellationToken);
        _processes.Add(process);
        _addresses[service] = process.Address;
    }
}
