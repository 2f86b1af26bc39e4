namespace LocalAspire.Tools;

/// <summary>
/// A folder of the user, outside the repository, with one folder per fetched tool and version.
/// A tool is put together under a temporary name and renamed when it is whole, so what has its final name is complete.
/// </summary>
internal sealed class ToolCache
{
    private const string OverrideVariable = "SHOP_ASPIRE_CACHE";
    private static readonly TimeSpan LockPoll = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LockPatience = TimeSpan.FromMinutes(20);

    public ToolCache(string? folder = null) => Folder = folder ?? DefaultFolder();

    public string Folder { get; }

    /// <summary>The folder of a tool; <paramref name="fetch"/> fills it on first use.</summary>
    public async Task<string> GetAsync(string name, Func<string, CancellationToken, Task> fetch, IProgress<string> progress, CancellationToken cancellationToken)
    {
        var final = Path.Combine(Folder, name);
        if (Directory.Exists(final))
            return final;
        try
        {
            Directory.CreateDirectory(Folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            await using var held = await LockAsync(name, progress, cancellationToken);
            if (!Directory.Exists(final))
                await FillAsync(name, final, fetch, cancellationToken);
            return final;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new MissingToolException($"The cache folder {Folder} cannot hold {name}: {failure.Message} Free some space there, or name another folder: export {OverrideVariable}=<folder>", failure);
        }
    }

    private async Task FillAsync(string name, string final, Func<string, CancellationToken, Task> fetch, CancellationToken cancellationToken)
    {
        // Whoever holds the lock is alone: other temporary folders of this tool are of a fetch that was cut off.
        foreach (var stale in Directory.EnumerateDirectories(Folder, $"{name}.partial-*"))
            Directory.Delete(stale, recursive: true);
        var partial = Path.Combine(Folder, $"{name}.partial-{Guid.NewGuid():N}");
        Directory.CreateDirectory(partial);
        try
        {
            await fetch(partial, cancellationToken);
            Directory.Move(partial, final);
        }
        finally
        {
            if (Directory.Exists(partial))
                Directory.Delete(partial, recursive: true);
        }
    }

    // The lock is the kernel's (flock), so it is gone with the process that held it; the file may stay.
    private async Task<FileStream> LockAsync(string name, IProgress<string> progress, CancellationToken cancellationToken)
    {
        var path = Path.Combine(Folder, $"{name}.lock");
        var giveUp = TimeProvider.System.GetTimestamp();
        for (var first = true; ; first = false)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException taken) when (taken.GetType() == typeof(IOException) && TimeProvider.System.GetElapsedTime(giveUp) < LockPatience)
            {
                if (first)
                    progress.Report($"Another process is fetching {name}; waiting for it.");
                await Task.Delay(LockPoll, cancellationToken);
            }
        }
    }

    private static string DefaultFolder()
    {
        if (Environment.GetEnvironmentVariable(OverrideVariable) is { Length: > 0 } chosen)
            return Path.GetFullPath(chosen);
        if (Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } cache)
            return Path.Combine(cache, "shop-aspire");
        return Environment.GetFolderPath(Environment.SpecialFolder.UserProfile) is { Length: > 0 } home
            ? Path.Combine(home, ".cache", "shop-aspire")
            : throw new MissingToolException($"This user has no home folder to keep the fetched tools in. Name a folder: export {OverrideVariable}=<folder>");
    }
}
