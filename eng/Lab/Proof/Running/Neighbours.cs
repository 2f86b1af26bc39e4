using Shop.ServiceDefaults.Cases;

namespace Shop.Lab.Proof.Running;

/// <summary>
/// The services that a case's service talks to: real ones, Release, with all cases Fixed. They have backends of their own,
/// so that Sessions never receives the messages that empty a cart: the same cart can be ordered again and again.
/// </summary>
internal sealed class Neighbours : IAsyncDisposable
{
    private readonly List<(ServiceProcess Process, IsolatedBackends Own)> _services = [];
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

    public async ValueTask DisposeAsync() => await Task.WhenAll(_services.Select(service => StopAsync(service.Process, service.Own)));

    private static async Task StopAsync(ServiceProcess process, IsolatedBackends own)
    {
        await process.DisposeAsync();
        await own.DisposeAsync();
    }

    private async Task AddAsync(CaseStudy study, string service, Backends backends, CancellationToken cancellationToken)
    {
        var own = await backends.IsolateAsync(cancellationToken);
        var environment = ServiceEnvironment.Of(own, _addresses);
        // No gateway would answer at once; but here its latency would only make the proof longer.
        environment["Gateway__MeanLatency"] = environment["Gateway__LatencyJitter"] = "00:00:00";
        var process = await backends.StartServiceAsync(ServiceProcess.NameOf(study, service), environment, cancellationToken);
        _services.Add((process, own));
        _addresses[service] = process.Address;
    }
}
