using System.Globalization;

namespace Shop.ServiceDefaults.Memory;

/// <summary>
/// The control group (cgroup, version 1 or 2) whose memory limit binds a process. Its usage is the working set: without the page cache that
/// the kernel drops first. The plain usage also counts files that were merely read, and alerts on it are false.
/// </summary>
internal sealed class ControlGroup
{
    private readonly string _usage;
    private readonly string _statistics;
    private readonly string _cacheLine;

    private ControlGroup(string folder, bool isVersion1, long limitBytes)
    {
        _usage = Path.Combine(folder, isVersion1 ? "memory.usage_in_bytes" : "memory.current");
        _statistics = Path.Combine(folder, "memory.stat");
        // Version 1 reports the group without its children unless asked for the total.
        _cacheLine = isVersion1 ? "total_inactive_file " : "inactive_file ";
        LimitBytes = limitBytes;
    }

    /// <summary>The group's memory limit, in bytes.</summary>
    public long LimitBytes { get; }

    /// <summary>Finds the group with the smallest limit among the process's group and its parents; null if none has a limit.</summary>
    /// <param name="process">The process's id, or <c>self</c>.</param>
    /// <param name="root">The folder in which <c>proc</c> and <c>sys</c> are mounted.</param>
    public static ControlGroup? Find(string process = "self", string root = "/")
    {
        ControlGroup? strictest = null;
        foreach (var (folder, isVersion1) in Folders(process, root))
        {
            // A group without a limit says "max", or in version 1 nearly 2^63.
            if (ReadLong(Path.Combine(folder, isVersion1 ? "memory.limit_in_bytes" : "memory.max")) is { } limit
                && limit < long.MaxValue / 2 && limit < (strictest?.LimitBytes ?? long.MaxValue))
                strictest = new(folder, isVersion1, limit);
        }
        return strictest;
    }

    /// <summary>The group's memory without the page cache that was not used recently, in bytes; null if it cannot be read.</summary>
    public long? ReadWorkingSet()
    {
        try
        {
            var cache = File.ReadLines(_statistics).FirstOrDefault(line => line.StartsWith(_cacheLine, StringComparison.Ordinal));
            return ReadLong(_usage) is { } usage && cache is not null
                ? Math.Max(0, usage - long.Parse(cache.AsSpan(_cacheLine.Length), CultureInfo.InvariantCulture))
                : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static IEnumerable<(string Folder, bool IsVersion1)> Folders(string process, string root)
    {
        var mount = Path.Combine(root, "sys/fs/cgroup");
        foreach (var line in ReadLines(Path.Combine(root, "proc", process, "cgroup")))
        {
            if (line.Split(':', 3) is not [_, var controllers, var path])
                continue;
            var isVersion1 = controllers.Split(',').Contains("memory");
            if (!isVersion1 && controllers.Length > 0)
                continue;
            var top = isVersion1 ? Path.Combine(mount, "memory") : mount;
            var folder = Path.GetFullPath(Path.Join(top, path));
            // In a container, the path is the host's and the mount's top is the container's group.
            for (; folder.Length > top.Length && folder.StartsWith(top, StringComparison.Ordinal); folder = Path.GetDirectoryName(folder)!)
                yield return (folder, isVersion1);
            yield return (top, isVersion1);
        }
    }

    private static string[] ReadLines(string file)
    {
        try
        {
            return File.ReadAllLines(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static long? ReadLong(string file)
        => ReadLines(file) is [var line, ..] && long.TryParse(line, CultureInfo.InvariantCulture, out var value) ? value : null;
}
