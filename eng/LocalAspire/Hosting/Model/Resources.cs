using System.Collections.ObjectModel;
using System.Diagnostics.CodeAnalysis;

namespace Aspire.Hosting.ApplicationModel;

// Only what the Shop uses. Members mean what Aspire's documentation says; where LocalAspire differs there is a comment.

/// <summary>Something that belongs to a resource: an endpoint, a callback, a fact about it.</summary>
public interface IResourceAnnotation;
/// <summary>The annotations of a resource.</summary>
public sealed class ResourceAnnotationCollection : Collection<IResourceAnnotation>;
/// <summary>A resource that takes environment variables.</summary>
public interface IResourceWithEnvironment : IResource;
/// <summary>A resource that takes command line arguments.</summary>
public interface IResourceWithArgs : IResource;
/// <summary>A resource that listens.</summary>
public interface IResourceWithEndpoints : IResource;
/// <summary>A resource that can wait for others.</summary>
public interface IResourceWithWaitSupport : IResource;
/// <summary>All resources of the application.</summary>
public sealed record DistributedApplicationModel(IResourceCollection Resources);

/// <summary>A part of the distributed application.</summary>
public interface IResource
{
    string Name { get; }
    ResourceAnnotationCollection Annotations { get; }
}

/// <summary>A resource that belongs to another and follows its state.</summary>
public interface IResourceWithParent : IResource
{
    IResource Parent { get; }
}

/// <summary>A resource that belongs to another and follows its state.</summary>
public interface IResourceWithParent<out T> : IResourceWithParent where T : IResource
{
    IResource IResourceWithParent.Parent => Parent;
    new T Parent { get; }
}

/// <summary>The base of all resources.</summary>
public abstract class Resource : IResource
{
    protected Resource(string name)
    {
        if (name.Length is 0 or > 64 || !char.IsAsciiLetter(name[0]) || name[^1] == '-' || name.Contains("--", StringComparison.Ordinal) || !name.All(c => char.IsAsciiLetterOrDigit(c) || c == '-'))
            throw new ArgumentException($"Resource name '{name}' is invalid: ASCII letters, digits and single hyphens, a letter first, no hyphen last, at most 64.", nameof(name));
        Name = name;
    }

    public virtual string Name { get; }
    public virtual ResourceAnnotationCollection Annotations { get; } = [];
}

/// <summary>A .NET project. It is run from its built assembly.</summary>
public class ProjectResource(string name) : Resource(name), IResourceWithEnvironment, IResourceWithArgs, IResourceWithServiceDiscovery, IResourceWithWaitSupport;

/// <summary>What is a container with the real packages. Here it runs only if it is one of the known servers, as a local process.</summary>
public class ContainerResource(string name) : Resource(name), IResourceWithEnvironment, IResourceWithArgs, IResourceWithEndpoints, IResourceWithWaitSupport;

/// <summary>A program of this machine.</summary>
public class ExecutableResource(string name, string command, string workingDirectory) : Resource(name), IResourceWithEnvironment, IResourceWithArgs, IResourceWithEndpoints, IResourceWithWaitSupport
{
    public string Command { get; } = command;
    public string WorkingDirectory { get; } = workingDirectory;
}

/// <summary>The resources of an application.</summary>
public interface IResourceCollection : IList<IResource>
{
    bool TryGetByName(string name, [NotNullWhen(true)] out IResource? resource);
}

internal sealed class ResourceCollection : Collection<IResource>, IResourceCollection
{
    public bool TryGetByName(string name, [NotNullWhen(true)] out IResource? resource)
        => (resource = this.FirstOrDefault(r => string.Equals(r.Name, name, StringComparison.OrdinalIgnoreCase))) is not null;
}
