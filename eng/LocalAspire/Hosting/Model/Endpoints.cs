namespace Aspire.Hosting.ApplicationModel;

/// <summary>Where a resource listens: <c>Port</c> is the one that others use, <c>TargetPort</c> the process's own; what is left out is chosen.</summary>
internal sealed record EndpointAnnotation(string Scheme, string Name, int? Port, int? TargetPort = null, bool IsProxied = false) : IResourceAnnotation
{
    /// <summary>The variable in which the process gets its own port.</summary>
    public string? Variable { get; init; }

    /// <summary>The real address; given before any process starts, so that references never wait for one another.</summary>
    public (string Host, int Port)? Address { get; set; }

    /// <summary>The orchestrator's service that listens at the address and passes on to the processes.</summary>
    public string? Service { get; set; }
}

public enum EndpointProperty { Url = 0, Host = 1, Port = 3, Scheme = 4, HostAndPort = 6 }

public sealed class EndpointReference(IResourceWithEndpoints owner, string endpointName) : IValueProvider
{
    public IResourceWithEndpoints Resource { get; } = owner;
    public string EndpointName { get; } = endpointName;
    public bool Exists => Find() is not null;
    public string Scheme => Annotation.Scheme;
    public string Host => Address.Host;
    public int Port => Address.Port;
    public string Url => $"{Scheme}://{Host}:{Port}";

    internal EndpointAnnotation Annotation => Find() ?? throw new InvalidOperationException($"Resource '{Resource.Name}' has no endpoint '{EndpointName}'.");
    internal bool IsWeb => Scheme is "http" or "https";

    private (string Host, int Port) Address => Annotation.Address
        ?? throw new InvalidOperationException($"The endpoint '{EndpointName}' of resource '{Resource.Name}' is not allocated: the application has not been started.");

    public EndpointReferenceExpression Property(EndpointProperty property) => new(this, property);

    public ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default) => new(Url);

    private EndpointAnnotation? Find() => Resource.Annotations.OfType<EndpointAnnotation>().FirstOrDefault(e => e.Name == EndpointName);
}

public sealed record EndpointReferenceExpression(EndpointReference Endpoint, EndpointProperty Property) : IValueProvider
{
    public ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default) => new(Property switch
    {
        EndpointProperty.Url => Endpoint.Url,
        EndpointProperty.Host => Endpoint.Host,
        EndpointProperty.Scheme => Endpoint.Scheme,
        EndpointProperty.HostAndPort => $"{Endpoint.Host}:{Endpoint.Port}",
        _ => $"{Endpoint.Port}",
    });
}
