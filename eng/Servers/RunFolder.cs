using Microsoft.Extensions.Hosting;
using static System.IO.Path;

namespace Aspire.Hosting;

/// <summary>
/// The folder for the servers' data of one run, under the system's temporary folder. It is deleted when the run ends: by
/// the servers where the run was killed, at the latest by the next run.
/// </summary>
internal sealed class RunFolder : IDisposable
{
    private const string Prefix = "aspire-servers-";
    private const string LockName = "lock";
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory(Prefix);
    // The lock is the kernel's, so it is gone with the process that holds it.
    private readonly FileStream _lock;

    public RunFolder(IHostApplicationLifetime lifetime)
    {
        // DistributedApplication.Run does not dispose its services.
        lifetime.ApplicationStopped.Register(Dispose);
        DeleteAbandoned(GetTempPath());
        // Renamed when it is held: a folder without a lock is one that is being made, and a lock that nobody holds is an abandoned one.
        _lock = Open(Combine(Path, "new"), FileMode.CreateNew);
        File.Move(_lock.Name, Combine(Path, LockName));
    }

    public string Path => _folder.FullName;

    public string Of(string server) => Combine(Path, server);

    public void Dispose()
    {
        if (Directory.Exists(Path))
            _folder.Delete(recursive: true);
        _lock.Dispose();
    }

    /// <summary>Deletes the folders of killed runs.</summary>
    internal static void DeleteAbandoned(string parent)
    {
        foreach (var folder in Directory.GetDirectories(parent, $"{Prefix}*"))
        {
            try
            {
                using (Open(Combine(folder, LockName), FileMode.Open))
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
