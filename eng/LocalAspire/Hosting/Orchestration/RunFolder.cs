using System.Globalization;

namespace LocalAspire.Orchestration;

/// <summary>What this run needs for itself: keys, the servers' data. Gone when the run ends; after a crash the next run removes it.</summary>
internal sealed record RunFolder(string Path) : IDisposable
{
    private const string Prefix = "local-aspire-";

    public static RunFolder Create()
    {
        foreach (var abandoned in Directory.EnumerateDirectories(System.IO.Path.GetTempPath(), $"{Prefix}*").Where(IsAbandoned))
            Remove(abandoned);
        try
        {
            var folder = new RunFolder(Directory.CreateTempSubdirectory(Prefix).FullName);
            File.WriteAllText(OwnerFile(folder.Path), Owner(Environment.ProcessId));
            return folder;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new DistributedApplicationException($"No folder can be made in {System.IO.Path.GetTempPath()}: {exception.Message} Name a writable one: TMPDIR=<folder>.", exception);
        }
    }

    /// <summary>Whether a process is left that has this folder in its command line, as the orchestrator's and the servers' have.</summary>
    public bool IsNamedByAProcess()
        => Directory.EnumerateDirectories("/proc").Any(p => char.IsAsciiDigit(System.IO.Path.GetFileName(p)[0]) && Read($"{p}/cmdline").Contains(Path, StringComparison.Ordinal));

    public void Dispose() => Remove(Path);

    private static bool IsAbandoned(string path) => Read(OwnerFile(path)) is { Length: > 0 } owner && owner != Owner(int.Parse(owner.Split(' ')[0], CultureInfo.InvariantCulture));

    private static string OwnerFile(string path) => System.IO.Path.Combine(path, "owner");

    // A process id may have been given to another process since; with the time of its start it names one.
    private static string Owner(int processId)
    {
        var stat = Read($"/proc/{processId}/stat");
        // The second field is the command in parentheses and may hold spaces; the start is the 22nd.
        return stat.Length == 0 ? "" : $"{processId} {stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[19]}";
    }

    private static void Remove(string path)
    {
        try
        {
            Directory.Delete(path, recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Another user's, or still being written to: the next run tries again.
        }
    }

    private static string Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
