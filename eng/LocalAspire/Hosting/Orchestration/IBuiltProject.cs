using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace LocalAspire;

/// <summary>A project and the assembly that was built of it. The classes that AppHost.targets generates are of this kind.</summary>
public interface IBuiltProject : IProjectMetadata
{
    /// <summary>The assembly, of the configuration that the AppHost was built in.</summary>
    string AssemblyPath { get; }
}

internal static class BuiltProjectExtensions
{
    public static IBuiltProject ProjectMetadata(this ProjectResource project)
        => project.Annotations.OfType<IBuiltProject>().LastOrDefault()
            ?? throw new DistributedApplicationException($"Project '{project.Name}' is none of those that the AppHost's project file references.");
}
