using System.Globalization;

namespace Shop.Tests.Payments;

/// <summary>A cgroup with a memory limit, as a container has it; deleted at the end, when its processes have ended.</summary>
internal sealed class MemoryGroup : IDisposable
{
    // Version 1 mounts its controllers side by side.
    private const string Version1 = "/sys/fs/cgroup/memory";
    private const string Version2 = "/sys/fs/cgroup";
    private readonly string _folder;

    private MemoryGroup(string folder) => _folder = folder;

    /// <summary>The file that a process adds itself to the group with.</summary>
    public string Processes => Path.Combine(_folder, "cgroup.procs");

    /// <summary>Makes a group; null, with the reason, where the user may not.</summary>
    public static MemoryGroup? Create(long limit, out string? problem)
    {
        var (root, file) = Directory.Exists(Version1) ? (Version1, "memory.limit_in_bytes") : (Version2, "memory.max");
        var folder = Path.Combine(root, $"shop-tests-{Guid.NewGuid():N}");
        try
        {
            Directory.CreateDirectory(folder);
            var group = new MemoryGroup(folder);
            File.WriteAllText(Path.Combine(folder, file), limit.ToString(CultureInfo.InvariantCulture));
            problem = null;
            return group;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            problem = exception.Message;
            return null;
        }
    }

    /// <summary>The memory of the group's processes and of the files that they read, in bytes.</summary>
    public long ReadUsage()
    {
        var file = Path.Combine(_folder, "memory.current");
        var usage = File.ReadAllText(File.Exists(file) ? file : Path.Combine(_folder, "memory.usage_in_bytes"));
        return long.Parse(usage, CultureInfo.InvariantCulture);
    }

    public void Dispose() => Directory.Delete(_folder);
}
