namespace Aspire.Hosting;

/// <summary>
/// A folder under the system's temporary folder, deleted when it is disposed of; where its process was killed, by the next one that looks
/// for folders of that prefix.
/// </summary>
internal sealed class LockedFolder : IDisposable
{
    private const string LockName = "lock";
    private readonly DirectoryInfo _folder;
    // The lock is the kernel's, so it is gone with the process that holds it.
    private readonly FileStream _lock;

    public LockedFolder(string prefix)
    {
        _folder = Directory.CreateTempSubdirectory(prefix);
        DeleteAbandoned(System.IO.Path.GetTempPath(), prefix);
        // Renamed when it is held: a folder without a lock is one that is being made, and a lock that nobody holds is an abandoned one.
        _lock = Open(System.IO.Path.Combine(Path, "new"), FileMode.CreateNew);
        File.Move(_lock.Name, System.IO.Path.Combine(Path, LockName));
    }

    public string Path => _folder.FullName;

    public void Dispose()
    {
        if (Directory.Exists(Path))
            _folder.Delete(recursive: true);
        _lock.Dispose();
    }

    /// <summary>Deletes the folders of killed processes.</summary>
    public static void DeleteAbandoned(string parent, string prefix)
    {
        foreach (var folder in Directory.GetDirectories(parent, $"{prefix}*"))
        {
            try
            {
                using (Open(System.IO.Path.Combine(folder, LockName), FileMode.Open))
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
