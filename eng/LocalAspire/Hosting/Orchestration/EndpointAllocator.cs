namespace LocalAspire.Orchestration;

/// <summary>Gives every endpoint its address before any process starts, so that references never wait for one another.</summary>
internal sealed class EndpointAllocator(DcpClient dcp, bool randomPorts, ILogger logger)
{
    public async Task AllocateAsync(IEnumerable<IResource> resources, CancellationToken cancellation)
    {
        var endpoints = resources.SelectMany(r => r.Annotations.OfType<EndpointAnnotation>().Select(e => (Resource: r, Endpoint: e)));
        // Fixed ports first: none of them may be given away as a free one.
        foreach (var (resource, endpoint) in endpoints.OrderBy(e => e.Endpoint.Port is null).ToList())
        {
            // A server listens itself, on a port that stays, so that a stopped one refuses connections.
            var port = FreePorts.Take(randomPorts ? null : endpoint.Port, resource.Name, logger);
            if (endpoint.IsProxied)
                port = await ServeAsync(resource, endpoint, port, cancellation);
            endpoint.Address = (resource is ContainerResource ? "127.0.0.1" : "localhost", port);
        }
    }

    // The orchestrator listens at the port and passes on to the processes, which have ports of their own.
    private async Task<int> ServeAsync(IResource resource, EndpointAnnotation endpoint, int port, CancellationToken cancellation)
    {
        endpoint.Service = $"{resource.Name}-{endpoint.Name}-{port}".ToLowerInvariant();
        await dcp.CreateAsync("services", new Service(new DcpMetadata(endpoint.Service), new ServiceSpec(port)), cancellation);
        // It has its port within milliseconds, or never if another AppHost took it since it was looked at.
        for (var since = Stopwatch.StartNew(); since.Elapsed < TimeSpan.FromSeconds(5); await Task.Delay(10, cancellation))
            if (await dcp.FindPortAsync(endpoint.Service, cancellation) > 0)
                return port;
        var other = FreePorts.Next();
        Log.PortTaken(logger, port, resource.Name, other);
        return await ServeAsync(resource, endpoint, other, cancellation);
    }
}
