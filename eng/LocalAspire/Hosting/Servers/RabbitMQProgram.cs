namespace LocalAspire.Servers;

/// <summary>A RabbitMQ of this machine, or the one fetched, with Erlang, into the cache: the folder with sbin and plugins, and the root of what was unpacked.</summary>
internal sealed record RabbitMQProgram(string Home, string? Root)
{
    private static readonly DebianPackages Packages = new("rabbitmq-server", "erlang-base", "erlang-asn1", "erlang-crypto", "erlang-public-key", "erlang-mnesia",
        "erlang-runtime-tools", "erlang-ssl", "erlang-eldap", "erlang-ftp", "erlang-tftp", "erlang-inets", "erlang-snmp", "erlang-os-mon", "erlang-parsetools",
        "erlang-syntax-tools", "erlang-tools", "erlang-xmerl");

    // `detached` makes rabbitmq-server become Erlang instead of a shell around it. Its name server, epmd, is ours: on a port of its own, and gone with us.
    private static readonly string Script = $"""
        tie='{string.Join(' ', LocalServer.Tied("KILL"))}'
        $tie epmd -address 127.0.0.1 -port "$ERL_EPMD_PORT" &
        names=$!
        $tie "$@" &
        server=$!
        trap 'kill -TERM $server 2>/dev/null' TERM INT HUP
        while kill -0 $server 2>/dev/null; do wait $server; status=$?; done
        kill $names 2>/dev/null
        wait $names
        exit $status

        """;

    public static async Task<RabbitMQProgram> LocateAsync(ILogger logger, CancellationToken cancellation)
    {
        if (Installed() is { } installed)
            return installed;
        var root = await ToolCache.GetAsync("rabbitmq-management", "RabbitMQ and Erlang from this machine's Debian feed (35 MB, once)", async partial =>
        {
            await Packages.FetchAsync(partial, cancellation);
            // Debian's Erlang knows only /usr/lib/erlang; let it honour the variable that it already reads.
            foreach (var erl in Directory.GetFiles(Path.Combine(partial, "usr/lib/erlang"), "erl", SearchOption.AllDirectories))
                File.WriteAllText(erl, File.ReadAllText(erl).Replace("ROOTDIR=/usr/lib/erlang", "ROOTDIR=\"${ERL_ROOTDIR:-/usr/lib/erlang}\"", StringComparison.Ordinal));
            // Erlang searches every plugin's folder for every module it loads: with the needed ones only, the start takes 3 s instead of 5.
            string[] needed = ["rabbitmq_prelaunch", "rabbitmq_management", "rabbitmq_web_dispatch"];
            foreach (var plugin in Directory.GetDirectories(Path.Combine(HomesIn(partial).Single(), "plugins"), "rabbitmq_*"))
                if (!needed.Any(plugin.Contains))
                    Directory.Delete(plugin, recursive: true);
        }, logger, cancellation);
        return new(HomesIn(root).Single(), root);
    }

    private static RabbitMQProgram? Installed()
    {
        var script = Command.OnPath("rabbitmq-server") is { } path ? File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path : "/";
        // 3.8 or newer.
        var home = HomesIn("/").Append(Path.GetDirectoryName(Path.GetDirectoryName(script)) ?? "/").FirstOrDefault(h
            => File.Exists(Path.Combine(h, "sbin", "rabbitmq-server")) && Regex.IsMatch(h, @"rabbitmq_server-(3\.[89]|3\.\d\d|[4-9])"));
        return home is null || Command.OnPath("erl") is null || Command.OnPath("epmd") is null ? null : new(home, null);
    }

    private static string[] HomesIn(string root)
        => Directory.Exists($"{root}/usr/lib/rabbitmq/lib") ? Directory.GetDirectories($"{root}/usr/lib/rabbitmq/lib", "rabbitmq_server-*") : [];

    public Launch Prepare(LocalServerContext server, EndpointReference management, string user, string password)
    {
        var folder = LocalServer.PrivateFolder(server.DataFolder);
        var home = LocalServer.PrivateFolder(folder, "home");
        LocalServer.WritePrivate(home, ".erlang.cookie", RandomNumberGenerator.GetHexString(32));
        LocalServer.WritePrivate(folder, "definitions.json", Definitions(user, password));
        LocalServer.WritePrivate(folder, "enabled_plugins", management.Exists ? "[rabbitmq_management].\n" : "[].\n");
        LocalServer.WritePrivate(folder, "rabbitmq.conf", $"""
            listeners.tcp.local = 127.0.0.1:{server.Port}
            load_definitions = {Path.Combine(folder, "definitions.json")}
            vm_memory_high_watermark.absolute = 512MB
            disk_free_limit.absolute = 50MB
            log.file = false
            {(management.Exists ? $"management.tcp.ip = 127.0.0.1\nmanagement.tcp.port = {management.Port}" : "")}

            """);
        return LocalServer.Script(folder, Script, [Path.Combine(Home, "sbin", "rabbitmq-server")], Variables(server.Name, folder, home));
    }

    private Dictionary<string, object> Variables(string name, string folder, string home)
    {
        var variables = new Dictionary<string, object>
        {
            ["HOME"] = home,
            ["RABBITMQ_CONF_ENV_FILE"] = "/dev/null",
            ["RABBITMQ_CONFIG_FILE"] = Path.Combine(folder, "rabbitmq.conf"),
            ["RABBITMQ_ADVANCED_CONFIG_FILE"] = Path.Combine(folder, "none"),
            ["RABBITMQ_ENABLED_PLUGINS_FILE"] = Path.Combine(folder, "enabled_plugins"),
            ["RABBITMQ_MNESIA_BASE"] = Path.Combine(folder, "data"),
            ["RABBITMQ_LOG_BASE"] = Path.Combine(folder, "log"),
            ["RABBITMQ_LOGS"] = "-",
            ["RABBITMQ_NODENAME"] = $"{name}@localhost",
            ["RABBITMQ_DIST_PORT"] = $"{FreePorts.Next()}",
            ["ERL_EPMD_PORT"] = $"{FreePorts.Next()}",
            ["ERL_EPMD_ADDRESS"] = "127.0.0.1",
            ["detached"] = "true",
            ["ERL_CRASH_DUMP_SECONDS"] = "0",
            // Two schedulers that are not pinned: the cores belong to the services.
            ["RABBITMQ_SCHEDULER_BIND_TYPE"] = "u",
            ["RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS"] = "-kernel inet_dist_use_interface {127,0,0,1} +S 2:2",
        };
        if (Root is null)
            return variables;
        variables["ERL_ROOTDIR"] = $"{Root}/usr/lib/erlang";
        variables["PATH"] = $"{Root}/usr/lib/erlang/bin:{Environment.GetEnvironmentVariable("PATH")}";
        variables["LD_LIBRARY_PATH"] = DebianPackages.Libraries(Root);
        return variables;
    }

    // Loaded at every start, so that a lasting folder takes this run's password. As there are definitions, no default user is made.
    private static string Definitions(string user, string password)
    {
        var salt = RandomNumberGenerator.GetBytes(4);
        var hash = Convert.ToBase64String([.. salt, .. SHA256.HashData([.. salt, .. Encoding.UTF8.GetBytes(password)])]);
        return JsonSerializer.Serialize(new
        {
            vhosts = new[] { new { name = "/" } },
            users = new[] { new { name = user, password_hash = hash, hashing_algorithm = "rabbit_password_hashing_sha256", tags = "administrator" } },
            permissions = new[] { new { user, vhost = "/", configure = ".*", write = ".*", read = ".*" } },
        });
    }
}
