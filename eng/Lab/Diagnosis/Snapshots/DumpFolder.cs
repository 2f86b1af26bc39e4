using Aspire.Hosting;

namespace Shop.Lab.Diagnosis.Snapshots;

/// <summary>Folders for dumps, which hold secrets: only the user whose process writes the dump can open one.</summary>
internal static class DumpFolder
{
    private const string Prefix = "shop-diagnose-";

    /// <summary>Makes a folder that a process can write to; its dump is deleted with it.</summary>
    public static async Task<LockedFolder> CreateAsync(int processId, CancellationToken cancellationToken)
    {
        var folder = new LockedFolder(Prefix);
        // The process writes the dump itself. Only root diagnoses another user's, and it can read what that user has written.
        if (ProcessStatus.UserOf(processId) is { } user && user != ProcessStatus.UserOf(Environment.ProcessId))
            await Repository.RunAsync("chown", [user, folder.Path], folder.Path, cancellationToken);
        return folder;
    }

    /// <summary>Deletes those of diagnoses that were killed.</summary>
    public static void DeleteAbandoned() => LockedFolder.DeleteAbandoned(Path.GetTempPath(), Prefix);
}
