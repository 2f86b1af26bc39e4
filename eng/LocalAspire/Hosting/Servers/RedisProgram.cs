namespace LocalAspire.Servers;

/// <summary>A Redis of this machine, or the one fetched into the cache.</summary>
internal sealed record RedisProgram(string Path, string? Libraries)
{
    private const int OldestFitting = 6;

    public static async Task<RedisProgram> LocateAsync(ILogger logger, CancellationToken cancellation)
    {
        if (Command.OnPath("redis-server") is { } installed && await LocalServer.MajorVersionAsync(installed, "v=", cancellation) >= OldestFitting)
            return new(installed, null);
        var root = await ToolCache.GetAsync("redis", "Redis from this machine's Debian feed (1 MB, once)",
            partial => new DebianPackages("redis-server", "redis-tools").FetchAsync(partial, cancellation), logger, cancellation);
        return new($"{root}/usr/bin/redis-server", DebianPackages.Libraries(root));
    }

    public Launch Prepare(LocalServerContext server, string password)
    {
        var folder = LocalServer.PrivateFolder(server.DataFolder);
        var configuration = LocalServer.WritePrivate(folder, "redis.conf", $"""
            bind 127.0.0.1
            port {server.Port}
            requirepass {Quote(password)}
            dir {Quote(folder)}
            save 60 1
            daemonize no

            """);
        return new Launch(Path, folder, [configuration], Libraries is null ? [] : new() { ["LD_LIBRARY_PATH"] = Libraries });
    }

    /// <summary>Asks by hand in Redis' own protocol: a client library would keep connections and threads.</summary>
    public static async Task GreetAsync(EndpointReference endpoint, string password, CancellationToken cancellation)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(endpoint.Host, endpoint.Port, cancellation);
        await client.Client.SendAsync(Encoding.UTF8.GetBytes($"AUTH {Quote(password)}\r\nPING\r\n"), cancellation);
        using var answers = new StreamReader(client.GetStream());
        var (first, second) = (await answers.ReadLineAsync(cancellation), await answers.ReadLineAsync(cancellation));
        if ((first, second) is not ("+OK", "+PONG"))
            throw new IOException($"Redis answered the password with '{first}' and a PING with '{second}'.");
    }

    private static string Quote(string value) => $"\"{value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
