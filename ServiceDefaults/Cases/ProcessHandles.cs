namespace Shop.ServiceDefaults.Cases;

/// <summary>The open handles of a process, as Linux lists them.</summary>
public static class ProcessHandles
{
    /// <summary>Counts the handles of a resource that a process has open.</summary>
    /// <exception cref="IOException">They cannot be read: the process has ended.</exception>
    /// <exception cref="UnauthorizedAccessException">They cannot be read: the process is another user's.</exception>
    /// <exception cref="ArgumentOutOfRangeException">No process has a handle of the resource.</exception>
    public static long Count(int processId, HandleResource resource)
        => new DirectoryInfo($"/proc/{processId}/fd").EnumerateFileSystemInfos().LongCount(handle => Is(handle.LinkTarget, resource));

    private static bool Is(string? target, HandleResource resource) => resource switch
    {
        HandleResource.Sockets => target?.StartsWith("socket:", StringComparison.Ordinal) == true,
        HandleResource.InotifyInstances => target == "anon_inode:inotify",
        HandleResource.Descriptors => target is not null,
        _ => throw new ArgumentOutOfRangeException(nameof(resource), resource, "It has no descriptor."),
    };
}
