using System.Globalization;

namespace Shop.ServiceDefaults.Memory;

/// <summary>The limit of a process's memory group (cgroup), version 1 or 2.</summary>
/// <param name="Bytes">The smallest limit of the group and those around it; null where none is set or the system has no groups.</param>
internal sealed record MemoryLimit(long? Bytes)
{
    // Version 1 writes "no limit" as the largest number of whole pages.
    private const long Unlimited = long.MaxValue / 4096 * 4096;

    public static MemoryLimit OfThisProcess() => Read("/proc/self/cgroup", "/sys/fs/cgroup");

    /// <param name="membership">The file that tells the process's groups, one a line: <c>number:controllers:path</c>.</param>
    /// <param name="root">The folder of all groups.</param>
    public static MemoryLimit Read(string membership, string root)
    {
        if (!File.Exists(membership))
            return new((long?)null);
        var limits = from line in File.ReadLines(membership)
                     let parts = line.Split(':', 3)
                     where parts.Length == 3
                     from file in Files(parts[1], parts[2], root)
                     let limit = Limit(file)
                     where limit is not null
                     select limit;
        return new(limits.Min());
    }

    private static IEnumerable<string> Files(string controllers, string path, string root)
    {
        var (top, name) = controllers.Length == 0 ? (root, "memory.max") : (Path.Combine(root, "memory"), "memory.limit_in_bytes");
        if (controllers.Length > 0 && !controllers.Split(',').Contains("memory"))
            yield break;
        // In a container the path is the host's, and may not exist here: then what is left is the top.
        for (var group = path.Trim('/'); ; group = group.Contains('/', StringComparison.Ordinal) ? group[..group.LastIndexOf('/')] : "")
        {
            yield return Path.Combine(top, group, name);
            if (group.Length == 0)
                yield break;
        }
    }

    private static long? Limit(string file)
        => File.Exists(file) && long.TryParse(File.ReadAllText(file).Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit < Unlimited ? limit : null;
}
