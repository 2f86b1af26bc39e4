using System.Globalization;

namespace Shop.Lab.Limits;

/// <summary>
/// A control group (cgroup, version 1 or 2) with a memory limit, as a container has it; deleted at the end, when its processes have ended.
/// </summary>
internal sealed class MemoryGroup : IDisposable
{
    // Version 1 mounts its controllers side by side.
    private const string Version1 = "/sys/fs/cgroup/memory";
    private const string Version2 = "/sys/fs/cgroup";
    private const string KillCounter = "oom_kill ";
    private readonly string _folder;

    private MemoryGroup(string folder) => _folder = folder;

    /// <summary>The folder that holds the groups.</summary>
    public static string Root => Directory.Exists(Version1) ? Version1 : Version2;

    /// <summary>The file that a process adds itself to the group with.</summary>
    public string Processes => Path.Combine(_folder, "cgroup.procs");

    /// <summary>Makes a group; null, with the reason, where the user may not.</summary>
    /// <param name="limit">The limit of its memory, in bytes.</param>
    /// <param name="problem">Why there is none.</param>
    public static MemoryGroup? Create(long limit, out string? problem)
    {
        var folder = Path.Combine(Root, $"{NameOf(Environment.ProcessId)}{Guid.NewGuid():N}");
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            problem = exception.Message;
            return null;
        }
        var group = new MemoryGroup(folder);
        try
        {
            group.Limit(limit);
            problem = null;
            return group;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            problem = exception.Message;
            group.Dispose();
            return null;
        }
    }

    /// <summary>How the names of a process's groups begin.</summary>
    public static string NameOf(int processId) => $"shop-{processId}-";

    /// <summary>The memory of the group's processes and of the files that they read, in bytes.</summary>
    public long ReadUsage()
        => long.Parse(File.ReadAllText(Existing("memory.current", "memory.usage_in_bytes")), CultureInfo.InvariantCulture);

    /// <summary>How many of the group's processes the kernel has killed because the limit was reached.</summary>
    public int ReadKills()
    {
        var line = File.ReadLines(Existing("memory.events", "memory.oom_control"))
            .Single(line => line.StartsWith(KillCounter, StringComparison.Ordinal));
        return int.Parse(line.AsSpan(KillCounter.Length), CultureInfo.InvariantCulture);
    }

    public void Dispose() => Directory.Delete(_folder);

    private void Limit(long limit)
    {
        var text = limit.ToString(CultureInfo.InvariantCulture);
        // Where the memory controller is off, the file does not exist.
        Write(Root == Version1 ? "memory.limit_in_bytes" : "memory.max", text);
        // Where the machine has swap, a group that may use it gets slow instead of full. Version 1 limits the sum of both.
        WriteIfPresent("memory.memsw.limit_in_bytes", text);
        WriteIfPresent("memory.swap.max", "0");
    }

    private void Write(string file, string text)
    {
        using var stream = new FileStream(Path.Combine(_folder, file), FileMode.Open, FileAccess.Write);
        using var writer = new StreamWriter(stream);
        writer.Write(text);
    }

    private void WriteIfPresent(string file, string text)
    {
        if (File.Exists(Path.Combine(_folder, file)))
            Write(file, text);
    }

    private string Existing(string version2, string version1)
        => Path.Combine(_folder, File.Exists(Path.Combine(_folder, version2)) ? version2 : version1);
}
