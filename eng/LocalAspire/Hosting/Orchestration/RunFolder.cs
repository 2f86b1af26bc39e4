namespace LocalAspire.Orchestration;

/// <summary>What this run needs for itself: keys, the servers' data. Gone when the run ends; after a crash the next run removes it.</summary>
internal sealed class RunFolder : IDisposable
{
    private const string Prefix = "local-aspire-", LockFile = ".lock";

    // The kernel's lock (flock): it is gone with the process that held it.
    private readonly FileStream _lock;

    private RunFolder(string path, FileStream held) => (Path, _lock) = (path, held);

    public string Path { get; }

    public static RunFolder Create()
    {
        var temporary = System.IO.Path.GetTempPath();
        try
        {
            foreach (var abandoned in Directory.EnumerateDirectories(temporary, $"{Prefix}*"))
                TryRemove(abandoned);
            var path = Directory.CreateTempSubdirectory(Prefix).FullName;
            return new RunFolder(path, new FileStream(System.IO.Path.Combine(path, LockFile), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new DistributedApplicationException($"No folder can be made in {temporary}: {exception.Message} Name a writable one: TMPDIR=<folder>.", exception);
        }
    }

    /// <summary>Whether a process is left that has this folder in its command line, as the orchestrator's and the servers' have.</summary>
    public bool IsNamedByAProcess() => Directory.EnumerateDirectories("/proc").Any(process => char.IsAsciiDigit(process[^1]) && CommandLine(process).Contains(Path, StringComparison.Ordinal));

    public void Dispose()
    {
        _lock.Dispose();
        TryRemove(Path);
    }

    // Nobody's if it can be locked. One without the file is being made right now.
    private static void TryRemove(string path)
    {
        try
        {
            new FileStream(System.IO.Path.Combine(path, LockFile), FileMode.Open, FileAccess.ReadWrite, FileShare.None).Dispose();
            Directory.Delete(path, recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Another run's, another user's, or still being written to: the next run tries again.
        }
    }

    private static string CommandLine(string process)
    {
        try
        {
            return File.ReadAllText($"{process}/cmdline");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
