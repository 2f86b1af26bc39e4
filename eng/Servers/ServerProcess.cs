using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>A server that runs as a process of this machine instead of as the container that the application model describes.</summary>
/// <param name="container">The resource whose name, annotations and connection string it has.</param>
internal sealed class ServerProcess(ContainerResource container)
    : ExecutableResource(container.Name, "/bin/sh", AppContext.BaseDirectory), IResourceWithConnectionString
{
    public override ResourceAnnotationCollection Annotations => container.Annotations;

    public ReferenceExpression ConnectionStringExpression => ((IResourceWithConnectionString)container).ConnectionStringExpression;
}
