using System.Diagnostics;
using LocalAspire.Dcp;
using LocalAspire.Servers;
using LocalAspire.Tools;

namespace LocalAspire.Orchestration;

/// <summary>The process answers for a service of the orchestrator.</summary>
internal sealed record ServiceProducerAnnotation(ServiceProducer Producer) : IResourceAnnotation;

/// <summary>Gives every endpoint its address before any process starts, so that references never wait for one another.</summary>
internal sealed class EndpointAllocator(DcpClient dcp, bool randomPorts, ILogger logger)
{
    public async Task AllocateAsync(IEnumerable<IResource> resources, CancellationToken cancellation)
    {
        var endpoints = resources.SelectMany(r => r.Annotations.OfType<EndpointAnnotation>().Select(e => (Resource: r, Endpoint: e, Port: randomPorts ? null : e.Port))).ToList();
        // Fixed ports first: none of them may be given away as a free one.
        foreach (var (resource, endpoint, port) in endpoints.OrderBy(e => e.Port is null))
        {
            if (resource.HasAnnotationOfType<LocalServerAnnotation>())
                // A server listens itself, on a port that stays, so that a stopped one refuses connections.
                endpoint.AllocatedEndpoint = new AllocatedEndpoint(endpoint, "127.0.0.1", FreePort(resource, port));
            else if (endpoint.IsProxied)
                endpoint.AllocatedEndpoint = await ProxiedAsync(resource, endpoint, port, cancellation);
            else
                endpoint.AllocatedEndpoint = new AllocatedEndpoint(endpoint, "localhost", FreePort(resource, endpoint.TargetPort ?? port));
        }
    }

    // The orchestrator listens there and passes on to the process, which gets a port of its own.
    private async Task<AllocatedEndpoint> ProxiedAsync(IResource resource, EndpointAnnotation endpoint, int? wanted, CancellationToken cancellation)
    {
        var name = $"{resource.Name}-{endpoint.Name}".ToLowerInvariant();
        var port = wanted is null ? (int?)null : FreePort(resource, wanted);
        if (await ServiceAsync(name, port, TimeSpan.FromSeconds(port is null ? 30 : 3), cancellation) is not { } effective)
        {
            // Another AppHost took it since it was looked at.
            name += "-2";
            effective = await ServiceAsync(name, null, TimeSpan.FromSeconds(30), cancellation) ?? throw new DistributedApplicationException($"The orchestrator gave {resource.Name} no port.");
            Log.PortTaken(logger, port ?? 0, resource.Name, effective);
        }
        resource.Annotations.Add(new ServiceProducerAnnotation(new ServiceProducer(name, "127.0.0.1", endpoint.TargetPort)));
        return new AllocatedEndpoint(endpoint, "localhost", effective, endpoint.TargetPort?.ToString() ?? $"{LaunchResolver.Open} portForServing \"{name}\" {LaunchResolver.Close}");
    }

    // A service has its port within milliseconds, or never if the port it asks for is taken.
    private async Task<int?> ServiceAsync(string name, int? port, TimeSpan limit, CancellationToken cancellation)
    {
        await dcp.CreateAsync("services", new DcpObject<ServiceSpec, ServiceStatus>("Service", new DcpMetadata(name), new ServiceSpec("TCP", "Localhost", port)), cancellation);
        for (var since = Stopwatch.StartNew(); since.Elapsed < limit; await Task.Delay(10, cancellation))
            if ((await dcp.FindServiceAsync(name, cancellation))?.EffectivePort is > 0 and var effective)
                return effective;
        return null;
    }

    private int FreePort(IResource resource, int? wanted)
    {
        if (wanted is { } port && FreePorts.TryTake(port))
            return port;
        var free = FreePorts.Next();
        if (wanted is { } taken)
            Log.PortTaken(logger, taken, resource.Name, free);
        return free;
    }
}
