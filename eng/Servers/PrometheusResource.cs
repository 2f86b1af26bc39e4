using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>A Prometheus server. Its connection string is its address.</summary>
/// <param name="name">The resource's name.</param>
public sealed class PrometheusResource(string name) : ContainerResource(name), IResourceWithConnectionString
{
    /// <summary>The name of its endpoint.</summary>
    public const string EndpointName = "http";

    /// <summary>The address, <c>http://host:port</c>.</summary>
    public ReferenceExpression ConnectionStringExpression
        => ReferenceExpression.Create($"{new EndpointReference(this, EndpointName).Property(EndpointProperty.Url)}");
}
