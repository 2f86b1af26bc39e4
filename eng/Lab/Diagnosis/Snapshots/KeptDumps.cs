using System.Globalization;

namespace Shop.Lab.Diagnosis.Snapshots;

/// <summary>
/// The dumps that are kept. A dump is a copy of all that the process had in its memory, its secrets too, so only this user can read one.
/// The oldest are deleted before the next one is written.
/// </summary>
/// <param name="folder">The folder. It is made where there is none; one that others can enter is refused.</param>
/// <param name="maxBytes">The size of all of them; a larger dump is not kept.</param>
/// <param name="time">The clock.</param>
/// <param name="readRoom">Reads how many bytes the folder's disk has room for.</param>
internal sealed class KeptDumps(string folder, long maxBytes, TimeProvider time, Func<string, long> readRoom)
{
    /// <summary>The number of dumps that are kept.</summary>
    public const int MaxDumps = 3;

    // Only these are deleted, whatever else is in the folder.
    private const string Prefix = "heap-";
    private const string Extension = ".dmp";
    private const string Partial = ".part";
    private const double Megabyte = 1024 * 1024;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnerOnlyFolder = OwnerOnly | UnixFileMode.UserExecute;

    public KeptDumps(string folder, long maxBytes, TimeProvider time)
        : this(folder, maxBytes, time, static path => new DriveInfo(path).AvailableFreeSpace)
    {
    }

    /// <summary>Moves a dump into the folder.</summary>
    /// <param name="dump">The dump's file.</param>
    /// <param name="processId">The process that it is of.</param>
    /// <returns>Where it is now, or why it stays where it was.</returns>
    public (string? Path, string? Problem) Keep(string dump, int processId)
    {
        try
        {
            var size = new FileInfo(dump).Length;
            return (Open() ?? MakeRoom(size)) is { } problem ? (null, problem) : (Move(dump, processId), null);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return (null, exception.Message);
        }
    }

    private string? Open()
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
            return null;
        }
        Directory.CreateDirectory(folder, OwnerOnlyFolder);
        return (File.GetUnixFileMode(folder) & ~OwnerOnlyFolder) == 0 ? null : $"others can enter {folder}.";
    }

    private string? MakeRoom(long size)
    {
        if (size > maxBytes)
            return Show($"it has {size / Megabyte:N0} MB, and {maxBytes / Megabyte:N0} MB are allowed.");
        // What was being moved when its process was killed.
        foreach (var partial in FilesOf(Partial))
            partial.Delete();
        var (total, outdated) = (size, new List<FileInfo>());
        foreach (var (index, kept) in FilesOf(Extension).OrderByDescending(file => file.LastWriteTimeUtc).Index())
        {
            total += kept.Length;
            if (index >= MaxDumps - 1 || total > maxBytes)
                outdated.Add(kept);
        }
        // None is deleted in vain.
        if (readRoom(folder) + outdated.Sum(kept => kept.Length) < size)
            return Show($"its disk has no room for {size / Megabyte:N0} MB.");
        outdated.ForEach(kept => kept.Delete());
        return null;
    }

    // From another disk it is copied: until it is whole, it has another name.
    private string Move(string dump, int processId)
    {
        var path = Path.Combine(
            folder, string.Create(CultureInfo.InvariantCulture, $"{Prefix}{processId}-{time.GetUtcNow():yyyyMMdd-HHmmss}{Extension}"));
        try
        {
            File.Move(dump, path + Partial);
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(path + Partial, OwnerOnly);
            File.Move(path + Partial, path);
            return path;
        }
        finally
        {
            File.Delete(path + Partial);
        }
    }

    private FileInfo[] FilesOf(string extension) => new DirectoryInfo(folder).GetFiles($"{Prefix}*{extension}");

    private static string Show(FormattableString text) => FormattableString.Invariant(text);
}
