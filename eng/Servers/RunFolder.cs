namespace Aspire.Hosting;

/// <summary>
/// The folder for the servers' data of one run, under the system's temporary folder. It is deleted with the run, or by
/// the next start where the run was killed.
/// </summary>
internal sealed class RunFolder : IDisposable
{
    private const string Prefix = "aspire-servers-";
    private const string LockName = "lock";
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory(Prefix);
    // The lock is the kernel's, so it is gone with the process that holds it.
    private readonly FileStream _lock;

    public RunFolder()
    {
        DeleteAbandoned();
        // Renamed when it is held: a folder without a lock is one that is being made, and a lock that nobody holds is an abandoned one.
        _lock = Open(Path.Combine(_folder.FullName, "new"), FileMode.CreateNew);
        File.Move(_lock.Name, Path.Combine(_folder.FullName, LockName));
    }

    public string Of(string server) => Path.Combine(_folder.FullName, server);

    public void Dispose()
    {
        _folder.Delete(recursive: true);
        _lock.Dispose();
    }

    private static void DeleteAbandoned()
    {
        foreach (var folder in Directory.GetDirectories(Path.GetTempPath(), $"{Prefix}*"))
        {
            try
            {
                using (Open(Path.Combine(folder, LockName), FileMode.Open))
                    Directory.Delete(folder, recursive: true);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // In use, being made, or another user's.
            }
        }
    }

    private static FileStream Open(string path, FileMode mode) => new(path, mode, FileAccess.ReadWrite, FileShare.None);
}
