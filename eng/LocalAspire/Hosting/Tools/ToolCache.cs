namespace LocalAspire.Tools;

/// <summary>The user's folder of fetched tools. Each is put together under a temporary name and renamed when it is whole.</summary>
internal static class ToolCache
{
    public static async Task<string> GetAsync(string name, string what, Func<string, Task> fetch, ILogger logger, CancellationToken cancellation)
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        var cache = Path.Combine(Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } named ? named : Path.Combine(home, ".cache"), "shop-aspire");
        var final = Path.Combine(cache, name);
        if (Directory.Exists(final))
            return final;
        LocalServer.PrivateFolder(cache);
        await using var held = await LockAsync($"{final}.lock", name, logger, cancellation);
        if (Directory.Exists(final))
            return final;
        Log.Fetching(logger, what);
        // Whoever holds the lock is alone: what is there is of a fetch that was cut off.
        var partial = Directory.CreateDirectory($"{final}.partial");
        partial.Delete(recursive: true);
        partial.Create();
        await fetch(partial.FullName);
        partial.MoveTo(final);
        return final;
    }

    // The lock is the kernel's (flock), so it is gone with the process that held it; the file may stay.
    private static async Task<FileStream> LockAsync(string path, string name, ILogger logger, CancellationToken cancellation)
    {
        for (var first = true; ; first = false)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (File.Exists(path))
            {
                if (first)
                    Log.FetchedByAnother(logger, name);
                await Task.Delay(200, cancellation);
            }
        }
    }
}
