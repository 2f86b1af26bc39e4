using LocalAspire.Tools;

namespace LocalAspire.Servers;

/// <summary>A Redis of this machine, or the one fetched into the cache.</summary>
internal sealed record RedisProgram(string Path, string? Libraries)
{
    private const int OldestFitting = 6;

    public static async Task<RedisProgram> LocateAsync(IProgress<string> progress, CancellationToken cancellationToken)
    {
        if (Command.OnPath("redis-server") is { } installed
            && await ServerProcess.MajorVersionAsync(installed, "v=", cancellationToken) >= OldestFitting)
            return new(installed, null);
        var root = await new ToolCache().GetAsync("redis", async (partial, token) =>
        {
            progress.Report("Fetching Redis from this machine's Debian feed (1 MB, once) …");
            await new DebianPackages("redis-server", "redis-tools").FetchAsync(partial, token);
        }, progress, cancellationToken);
        return new($"{root}/usr/bin/redis-server", DebianPackages.Libraries(root));
    }

    /// <summary>Writes the configuration, which holds the password, and says how to start the server with it.</summary>
    public async Task<LocalServerLaunch> PrepareAsync(LocalServerContext server, string? password, CancellationToken cancellationToken)
    {
        var folder = ServerProcess.PrivateFolder(server.DataFolder);
        var configuration = System.IO.Path.Combine(folder, "redis.conf");
        await ServerProcess.WritePrivateAsync(configuration, $"""
            bind 127.0.0.1
            port {server.Port}
            requirepass {Quote(password ?? "")}
            dir {Quote(folder)}
            save 60 1
            daemonize no

            """, cancellationToken);
        var environment = new Dictionary<string, string>();
        if (Libraries is not null)
            environment["LD_LIBRARY_PATH"] = Libraries;
        return new LocalServerLaunch(Path, [configuration], environment, folder);
    }

    private static string Quote(string value) => '"' + value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + '"';
}
