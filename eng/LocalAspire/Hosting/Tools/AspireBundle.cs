namespace LocalAspire.Tools;

/// <summary>The genuine orchestrator (DCP) and dashboard.</summary>
internal sealed record AspireBundle(string Dcp, string Dashboard)
{
    private const string Package = "@microsoft/aspire-cli-linux-x64";

    /// <summary>Named by the environment, else the user's Aspire home, else the CLI on PATH, else fetched once into the cache.</summary>
    public static async Task<AspireBundle> LocateAsync(ILogger logger, CancellationToken cancellation)
        => FromEnvironment() ?? Installed() ?? await FetchAsync(logger, cancellation);

    private static AspireBundle? FromEnvironment()
    {
        var dcp = Environment.GetEnvironmentVariable("ASPIRE_DCP_PATH");
        var dashboard = Environment.GetEnvironmentVariable("ASPIRE_DASHBOARD_PATH");
        if (string.IsNullOrEmpty(dcp) && string.IsNullOrEmpty(dashboard))
            return null;
        return Create(InFolder(dcp ?? "", "dcp"), InFolder(dashboard ?? "", "aspire-managed")) ?? throw new DistributedApplicationException(
            $"ASPIRE_DCP_PATH={dcp} and ASPIRE_DASHBOARD_PATH={dashboard} must both name a file or its folder (dcp, aspire-managed). Correct them, or unset both.");
    }

    // The CLI unpacks its bundle beside its bin folder; npm's `aspire` is a link into a package that holds the native one.
    private static AspireBundle? Installed()
    {
        var home = Environment.GetEnvironmentVariable("ASPIRE_HOME") is { Length: > 0 } named
            ? named
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".aspire");
        if (In(home, "bundle") is { } own)
            return own;
        if (Command.OnPath("aspire") is not { } cli)
            return null;
        var real = File.ResolveLinkTarget(cli, returnFinalTarget: true)?.FullName ?? cli;
        var package = Path.GetDirectoryName(Path.GetDirectoryName(real)!)!;
        return In(package, "bundle") ?? In(package, "node_modules", Package, "bundle") ?? In(package, "..", "aspire-cli-linux-x64", "bundle");
    }

    private static async Task<AspireBundle> FetchAsync(ILogger logger, CancellationToken cancellation)
    {
        if (!OperatingSystem.IsLinux() || RuntimeInformation.ProcessArchitecture != Architecture.X64)
            throw new DistributedApplicationException($"The pinned dashboard and orchestrator are for linux-x64, and this is {RuntimeInformation.RuntimeIdentifier}. "
                + "Install the Aspire CLI of this machine (npm install -g @microsoft/aspire-cli && aspire setup), or set ASPIRE_DCP_PATH and ASPIRE_DASHBOARD_PATH.");
        var package = new NpmPackage(Package, Metadata("AspireVersion"), Metadata("AspireCliIntegrity"));
        var folder = await ToolCache.GetAsync($"aspire-{package.Version}", $"the Aspire dashboard and orchestrator {package.Version} with npm (130 MB, once)",
            partial => FillAsync(package, partial, cancellation), logger, cancellation);
        return In(folder) ?? throw new DistributedApplicationException($"{folder} holds no dcp and dashboard. Remove it and start again: rm -r {folder}");
    }

    private static async Task FillAsync(NpmPackage source, string folder, CancellationToken cancellation)
    {
        await source.FetchAsync(folder, cancellation);
        var package = Path.Combine(folder, "package");
        var setup = new Command(Path.Combine(package, "bin", "aspire"), "setup", "--non-interactive", "--nologo")
        {
            Remedy = $"Try it by hand: npx {Package} setup",
            // A HOME of its own: the CLI would leave a second copy and its state in the user's.
            Environment = new() { ["HOME"] = package, ["ASPIRE_CLI_TELEMETRY_OPTOUT"] = "1", ["ASPIRE_HOME"] = null },
            WorkingDirectory = package,
            Timeout = TimeSpan.FromMinutes(3),
        };
        await setup.RunAsync("'aspire setup' could not unpack the dashboard and orchestrator", cancellation);
        // Only the two folders are kept. `bundle` is an absolute link that the rename would break, so go by `versions`.
        var unpacked = Directory.GetDirectories(Path.Combine(package, "versions")).Single();
        Directory.Move(Path.Combine(unpacked, "dcp"), Path.Combine(folder, "dcp"));
        Directory.Move(Path.Combine(unpacked, "managed"), Path.Combine(folder, "managed"));
        Directory.Delete(package, recursive: true);
    }

    private static AspireBundle? In(params string[] path) => Create(Path.Combine([.. path, "dcp", "dcp"]), Path.Combine([.. path, "managed", "aspire-managed"]));

    private static AspireBundle? Create(string dcp, string dashboard)
        => File.Exists(dcp) && File.Exists(dashboard) ? new(Path.GetFullPath(dcp), Path.GetFullPath(dashboard)) : null;

    private static string InFolder(string path, string file) => Directory.Exists(path) ? Path.Combine(path, file) : path;
    private static string Metadata(string key) => typeof(AspireBundle).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == key).Value!;
}
