using System.Collections.ObjectModel;

namespace Aspire.Hosting.ApplicationModel;

public interface IResourceAnnotation;
public sealed class ResourceAnnotationCollection : Collection<IResourceAnnotation>;
public interface IResourceWithEnvironment : IResource;
public interface IResourceWithArgs : IResource;
public interface IResourceWithEndpoints : IResource;
public interface IResourceWithServiceDiscovery : IResourceWithEndpoints;
public interface IResourceWithWaitSupport : IResource;
public sealed record DistributedApplicationModel(IResourceCollection Resources);

public interface IResource
{
    string Name { get; }
    ResourceAnnotationCollection Annotations { get; }
}

public interface IResourceWithParent : IResource
{
    IResource Parent { get; }
}

public abstract class Resource : IResource
{
    protected Resource(string name)
    {
        if (!Regex.IsMatch(name, "^[A-Za-z](-?[A-Za-z0-9]){0,63}$"))
            throw new ArgumentException($"Resource name '{name}' is invalid: ASCII letters, digits and single hyphens, a letter first, no hyphen last.", nameof(name));
        Name = name;
    }

    public virtual string Name { get; }
    public virtual ResourceAnnotationCollection Annotations { get; } = [];
}

/// <summary>A .NET project. It is run from its built assembly.</summary>
public class ProjectResource(string name)
    : Resource(name), IResourceWithEnvironment, IResourceWithArgs, IResourceWithServiceDiscovery, IResourceWithWaitSupport;

/// <summary>What is a container with the real packages. Here it runs only if it is one of the known servers, as a local process.</summary>
public class ContainerResource(string name)
    : Resource(name), IResourceWithEnvironment, IResourceWithArgs, IResourceWithEndpoints, IResourceWithWaitSupport;

public class ExecutableResource(string name, string command, string workingDirectory)
    : Resource(name), IResourceWithEnvironment, IResourceWithArgs, IResourceWithEndpoints, IResourceWithWaitSupport
{
    public string Command { get; } = command;
    public string WorkingDirectory { get; } = workingDirectory;
}

public class ParameterResource(string name, Func<ParameterDefault?, string> callback, bool secret = false) : Resource(name), IValueProvider
{
    private string? _value;

    public ParameterDefault? Default { get; set; }
    public bool Secret { get; } = secret;

    // Two first calls at once may both generate a value: only one of them counts.
    public ValueTask<string?> GetValueAsync(CancellationToken cancellationToken)
        => new(_value ?? Interlocked.CompareExchange(ref _value, callback(Default), null) ?? _value);
}

public abstract class ParameterDefault
{
    public abstract string GetDefaultValue();
}

/// <summary>Random characters, new ones in each run: servers take their password at start, so it is not kept in the user's secrets.</summary>
public sealed class GenerateParameterDefault : ParameterDefault
{
    // Without those that are easily confused or would need escaping in a connection string. 22 make at least 128 bits.
    private const string Letters = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKMNPQRSTUVWXYZ0123456789", Specials = "-_.{}~()*+!";

    public int MinLength { get; set; }
    public bool Special { get; set; } = true;

    public override string GetDefaultValue() => RandomNumberGenerator.GetString(Special ? Letters + Specials : Letters, Math.Max(MinLength, 22));
}

public interface IResourceCollection : IList<IResource>
{
    bool TryGetByName(string name, [NotNullWhen(true)] out IResource? resource);
}

internal sealed class ResourceCollection : Collection<IResource>, IResourceCollection
{
    public bool TryGetByName(string name, [NotNullWhen(true)] out IResource? resource)
        => (resource = this.FirstOrDefault(r => string.Equals(r.Name, name, StringComparison.OrdinalIgnoreCase))) is not null;
}

public interface IResourceBuilder<out T> where T : IResource
{
    IDistributedApplicationBuilder ApplicationBuilder { get; }
    T Resource { get; }
    IResourceBuilder<T> WithAnnotation<TAnnotation>(TAnnotation annotation) where TAnnotation : IResourceAnnotation;
}

internal sealed record ResourceBuilder<T>(IDistributedApplicationBuilder ApplicationBuilder, T Resource) : IResourceBuilder<T> where T : IResource
{
    public IResourceBuilder<T> WithAnnotation<TAnnotation>(TAnnotation annotation) where TAnnotation : IResourceAnnotation
    {
        Resource.Annotations.Add(annotation);
        return this;
    }
}
