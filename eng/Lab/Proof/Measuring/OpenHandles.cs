using Shop.Lab.Proof.Running;
using Shop.ServiceDefaults.Cases;

namespace Shop.Lab.Proof.Measuring;

/// <summary>The handles of a service that are open after a collection, whose finalizers close those that are no longer used.</summary>
internal sealed class OpenHandles(IServiceProbe probe, HandleResource resource) : IGrowthReading
{
    public async Task<long> ReadAsync(CancellationToken cancellationToken)
    {
        await probe.ReadLiveBytesAsync(cancellationToken);
        return Count((await probe.ReadProcessAsync(cancellationToken)).ProcessId, resource);
    }

    /// <summary>Counts a process's open handles, as Linux lists them.</summary>
    /// <exception cref="LabException">They cannot be read.</exception>
    public static long Count(int processId, HandleResource resource)
    {
        try
        {
            var handles = new DirectoryInfo($"/proc/{processId}/fd").EnumerateFileSystemInfos();
            return handles.LongCount(handle => Is(handle.LinkTarget, resource));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new LabException($"The handles of process {processId} cannot be read: {exception.Message}");
        }
    }

    private static bool Is(string? target, HandleResource resource) => resource switch
    {
        HandleResource.Sockets => target?.StartsWith("socket:", StringComparison.Ordinal) == true,
        HandleResource.InotifyInstances => target == "anon_inode:inotify",
        HandleResource.Descriptors => target is not null,
        _ => throw new ArgumentOutOfRangeException(nameof(resource), resource, "It has no descriptor."),
    };
}
