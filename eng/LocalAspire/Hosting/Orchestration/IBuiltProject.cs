namespace LocalAspire;

/// <summary>A project, and the assembly that was built of it in the AppHost's configuration. The classes that AppHost.targets generates are of this kind.</summary>
public interface IBuiltProject : IProjectMetadata
{
    string AssemblyPath { get; }
}

internal static class BuiltProjectExtensions
{
    public static IBuiltProject Metadata(this ProjectResource project) => project.Annotations.OfType<IBuiltProject>().Single();
}
