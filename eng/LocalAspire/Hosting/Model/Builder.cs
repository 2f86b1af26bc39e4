namespace Aspire.Hosting;

public interface IDistributedApplicationBuilder
{
    ConfigurationManager Configuration { get; }
    string AppHostDirectory { get; }
    IServiceCollection Services { get; }
    IResourceCollection Resources { get; }
    IResourceBuilder<T> AddResource<T>(T resource) where T : IResource;
    IResourceBuilder<T> CreateResourceBuilder<T>(T resource) where T : IResource;
    DistributedApplication Build();
}

public sealed class DistributedApplicationOptions
{
    public string[]? Args { get; set; }
    public string? AssemblyName { get; set; }
    public bool DisableDashboard { get; set; }
}

/// <summary>The application can't go on. The message is one line: what is missing or wrong, and what helps.</summary>
public class DistributedApplicationException(string message, Exception? inner = null) : Exception(message, inner);

public interface IProjectMetadata : IResourceAnnotation
{
    string ProjectPath { get; }
}
