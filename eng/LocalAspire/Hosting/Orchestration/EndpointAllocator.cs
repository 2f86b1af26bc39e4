using System.Collections.Immutable;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using LocalAspire.Dcp;
using LocalAspire.Servers;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace LocalAspire.Orchestration;

/// <summary>The process answers for a service.</summary>
internal sealed record ServiceProducerAnnotation(ServiceProducer Producer) : IResourceAnnotation;

/// <summary>Gives every endpoint its address before any process starts, so that references never wait for one another.</summary>
internal sealed class EndpointAllocator(DcpClient dcp, IConfiguration configuration, DistributedApplicationExecutionContext execution,
    ResourceNotificationService notifications, ILogger logger)
{
    // The key that the real testing builder sets too: tests run beside one another and beside a running application.
    private readonly bool _random = configuration.GetValue("DcpPublisher:RandomizePorts", false);
    private readonly HashSet<int> _given = [];

    /// <summary>A server listens itself, on a port that stays, so that a stopped one refuses connections. Others are behind the orchestrator's proxy.</summary>
    private static bool IsProxied(IResource resource, EndpointAnnotation endpoint) => endpoint.IsProxied && !resource.HasAnnotationOfType<LocalServerAnnotation>();

    public async Task AllocateAsync(IReadOnlyList<IResource> resources, CancellationToken cancellation)
    {
        // Fixed ports first: none of them may be given away as a free one.
        foreach (var fixedPort in new[] { true, false })
            foreach (var resource in resources)
                foreach (var endpoint in resource.Annotations.OfType<EndpointAnnotation>().Where(e => Wanted(resource, e) is not null == fixedPort).ToList())
                    endpoint.AllocatedEndpoint = IsProxied(resource, endpoint)
                        ? await ProxiedAsync(resource, endpoint, cancellation).ConfigureAwait(false)
                        : Direct(resource, endpoint);
        foreach (var resource in resources)
            await PublishUrlsAsync(resource, cancellation).ConfigureAwait(false);
    }

    private async Task<AllocatedEndpoint> ProxiedAsync(IResource resource, EndpointAnnotation endpoint, CancellationToken cancellation)
    {
        var name = $"{resource.Name}-{endpoint.Name}".ToLowerInvariant();
        var port = Wanted(resource, endpoint) is { } wanted ? FreePort(resource, wanted) : (int?)null;
        if (await ServiceAsync(name, port, cancellation).ConfigureAwait(false) is not { } effective)
        {
            // Another AppHost took it since it was looked at.
            name += "-2";
            effective = await ServiceAsync(name, null, cancellation).ConfigureAwait(false) ?? throw new DistributedApplicationException($"The orchestrator gave {resource.Name} no port.");
            Log.PortTaken(logger, port!.Value, resource.Name, effective);
        }
        resource.Annotations.Add(new ServiceProducerAnnotation(new ServiceProducer(name, "127.0.0.1", endpoint.TargetPort)));
        _given.Add(effective);
        return new AllocatedEndpoint(endpoint, "localhost", effective, endpoint.TargetPort?.ToString() ?? $"{Templates.Open} portForServing \"{name}\" {Templates.Close}");
    }

    // A service has its port within milliseconds, or never if the port it asks for is taken.
    private async Task<int?> ServiceAsync(string name, int? port, CancellationToken cancellation)
    {
        await dcp.CreateAsync("services", new DcpObject<ServiceSpec, ServiceStatus>("Service", new DcpMetadata(name), new ServiceSpec("TCP", "Localhost", port)), cancellation).ConfigureAwait(false);
        for (var since = Stopwatch.StartNew(); port is null ? since.Elapsed < TimeSpan.FromSeconds(30) : since.Elapsed < TimeSpan.FromSeconds(3);)
        {
            if ((await dcp.FindAsync<ServiceSpec, ServiceStatus>("services", name, cancellation).ConfigureAwait(false))?.Status?.EffectivePort is > 0 and var effective)
                return effective;
            await Task.Delay(10, cancellation).ConfigureAwait(false);
        }
        return null;
    }

    private AllocatedEndpoint Direct(IResource resource, EndpointAnnotation endpoint)
    {
        var isServer = resource.HasAnnotationOfType<LocalServerAnnotation>();
        return new AllocatedEndpoint(endpoint, isServer ? "127.0.0.1" : "localhost", FreePort(resource, Wanted(resource, endpoint)));
    }

    private int? Wanted(IResource resource, EndpointAnnotation endpoint)
        => !IsProxied(resource, endpoint) && !resource.HasAnnotationOfType<LocalServerAnnotation>() ? endpoint.TargetPort ?? endpoint.Port
            : _random ? null : endpoint.Port;

    private int FreePort(IResource resource, int? wanted)
    {
        if (wanted is { } port && !_given.Contains(port) && Bind(port) is not null)
        {
            _given.Add(port);
            return port;
        }
        int free;
        do
            free = Bind(0) ?? throw new DistributedApplicationException("No free port is left on 127.0.0.1.");
        while (!_given.Add(free));
        if (wanted is { } taken)
            Log.PortTaken(logger, taken, resource.Name, free);
        return free;
    }

    private static int? Bind(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return ((IPEndPoint)listener.LocalEndpoint).Port;
        }
        catch (SocketException)
        {
            return null;
        }
    }

    private async Task PublishUrlsAsync(IResource resource, CancellationToken cancellation)
    {
        var context = new ResourceUrlsCallbackContext(execution, resource, cancellationToken: cancellation);
        if (resource is IResourceWithEndpoints owner)
            context.Urls.AddRange(owner.GetEndpoints().Select(e => new ResourceUrlAnnotation { Url = e.Url, Endpoint = e }));
        foreach (var callback in resource.Annotations.OfType<ResourceUrlsCallbackAnnotation>().ToList())
            await callback.Callback(context).ConfigureAwait(false);
        ImmutableArray<UrlSnapshot> urls = [.. context.Urls.Select((url, index) => new UrlSnapshot(url.Endpoint?.EndpointName, url.Url, url.DisplayLocation == UrlDisplayLocation.DetailsOnly)
        {
            IsInactive = resource is IResourceWithEndpoints,
            DisplayProperties = new UrlDisplayPropertiesSnapshot(url.DisplayText ?? "", context.Urls.Count - index),
        })];
        if (!urls.IsEmpty)
            await notifications.PublishUpdateAsync(resource, snapshot => snapshot with { Urls = urls }).ConfigureAwait(false);
    }
}
