using System.Globalization;
using System.Net.Sockets;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Where a resource listens: <c>Port</c> is the one that others use, <c>TargetPort</c> the process's own; what is left out is chosen.</summary>
public sealed class EndpointAnnotation(ProtocolType protocol, string? uriScheme = null, string? transport = null, string? name = null,
    int? port = null, int? targetPort = null, bool? isExternal = null, bool? isProxied = null) : IResourceAnnotation
{
    private readonly TaskCompletionSource<AllocatedEndpoint> _allocated = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ProtocolType Protocol { get; } = protocol;
    public string UriScheme { get; } = uriScheme ?? "tcp";
    public string Transport { get; } = transport ?? "tcp";
    public string Name { get; } = name ?? uriScheme ?? "tcp";
    public int? Port { get; set; } = port;
    public int? TargetPort { get; set; } = targetPort;
    public bool IsExternal { get; } = isExternal ?? false;
    public bool IsProxied { get; } = isProxied ?? true;

    public AllocatedEndpoint? AllocatedEndpoint
    {
        get => _allocated.Task.IsCompletedSuccessfully ? _allocated.Task.Result : null;
        set => _allocated.TrySetResult(value ?? throw new ArgumentNullException(nameof(value)));
    }

    internal Task<AllocatedEndpoint> Allocation => _allocated.Task;
}

/// <summary>An endpoint's real address, and what the orchestrator replaces with the process's own port.</summary>
public sealed record AllocatedEndpoint(EndpointAnnotation Endpoint, string Address, int Port, string? TargetPortExpression = null)
{
    public string EndPointString => string.Create(CultureInfo.InvariantCulture, $"{Address}:{Port}");
    public string UriString => $"{Endpoint.UriScheme}://{EndPointString}";
}

/// <summary>A part of an endpoint's address.</summary>
public enum EndpointProperty { Url = 0, Host = 1, IPV4Host = 2, Port = 3, Scheme = 4, TargetPort = 5, HostAndPort = 6 }

/// <summary>An endpoint of a resource, whose address is known once it is allocated.</summary>
public sealed class EndpointReference(IResourceWithEndpoints owner, string endpointName) : IValueProvider
{
    public IResourceWithEndpoints Resource { get; } = owner;
    public string EndpointName { get; } = endpointName;
    public bool Exists => Resource.Annotations.OfType<EndpointAnnotation>().Any(e => e.Name == EndpointName);
    public EndpointAnnotation EndpointAnnotation => Resource.Annotations.OfType<EndpointAnnotation>().FirstOrDefault(e => e.Name == EndpointName)
        ?? throw new InvalidOperationException($"Resource '{Resource.Name}' has no endpoint '{EndpointName}'.");
    public string Scheme => EndpointAnnotation.UriScheme;
    public string Host => Allocated.Address;
    public int Port => Allocated.Port;
    public string Url => Allocated.UriString;

    private AllocatedEndpoint Allocated => EndpointAnnotation.AllocatedEndpoint
        ?? throw new InvalidOperationException($"The endpoint '{EndpointName}' of resource '{Resource.Name}' is not allocated: the application has not been started.");

    internal bool IsWeb => Scheme is "http" or "https";

    public EndpointReferenceExpression Property(EndpointProperty property) => new(this, property);

    public ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default) => Property(EndpointProperty.Url).GetValueAsync(cancellationToken);
}

/// <summary>A part of an endpoint's address as a value.</summary>
public sealed record EndpointReferenceExpression(EndpointReference Endpoint, EndpointProperty Property) : IValueProvider
{
    public async ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default)
    {
        var endpoint = await Endpoint.EndpointAnnotation.Allocation.WaitAsync(cancellationToken);
        return Property switch
        {
            EndpointProperty.Url => endpoint.UriString,
            EndpointProperty.Host => endpoint.Address,
            EndpointProperty.IPV4Host => "127.0.0.1",
            EndpointProperty.Scheme => endpoint.Endpoint.UriScheme,
            EndpointProperty.HostAndPort => endpoint.EndPointString,
            EndpointProperty.TargetPort when endpoint.TargetPortExpression is { } template => template,
            _ => endpoint.Port.ToString(CultureInfo.InvariantCulture),
        };
    }
}
