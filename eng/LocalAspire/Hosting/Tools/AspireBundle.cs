using System.Reflection;
using System.Runtime.InteropServices;

namespace LocalAspire.Tools;

/// <summary>The genuine orchestrator (DCP) and dashboard.</summary>
internal sealed record AspireBundle(string DcpPath, string DashboardPath, string DashboardWorkingDirectory)
{
    private const string Package = "@microsoft/aspire-cli-linux-x64";

    /// <summary>Named by the environment, else the user's Aspire home, else the CLI on PATH, else fetched once into the cache.</summary>
    public static async Task<AspireBundle> LocateAsync(IProgress<string> progress, CancellationToken cancellationToken)
        => FromEnvironment() ?? Installed() ?? await FetchAsync(new ToolCache(), progress, cancellationToken);

    private static AspireBundle? FromEnvironment()
    {
        var dcp = Environment.GetEnvironmentVariable("ASPIRE_DCP_PATH");
        var dashboard = Environment.GetEnvironmentVariable("ASPIRE_DASHBOARD_PATH");
        if (string.IsNullOrEmpty(dcp) && string.IsNullOrEmpty(dashboard))
            return null;
        return Create(InFolder(dcp ?? "", "dcp"), InFolder(dashboard ?? "", "aspire-managed"))
            ?? throw new MissingToolException($"ASPIRE_DCP_PATH={dcp} and ASPIRE_DASHBOARD_PATH={dashboard} must both name a file or its folder (dcp, aspire-managed). Correct them, or: unset ASPIRE_DCP_PATH ASPIRE_DASHBOARD_PATH");
    }

    private static AspireBundle? Installed()
    {
        var home = Environment.GetEnvironmentVariable("ASPIRE_HOME") is { Length: > 0 } named
            ? named
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".aspire");
        return In(Path.Combine(home, "bundle")) ?? OfCliOnPath();
    }

    // The CLI unpacks its bundle beside its bin folder; npm's `aspire` is a link into a package that holds the native one.
    private static AspireBundle? OfCliOnPath()
    {
        if (Command.OnPath("aspire") is not { } cli)
            return null;
        var real = File.ResolveLinkTarget(cli, returnFinalTarget: true)?.FullName ?? cli;
        var package = Path.GetDirectoryName(Path.GetDirectoryName(real)!)!;
        return In(Path.Combine(package, "bundle"))
            ?? In(Path.Combine(package, "node_modules", Package, "bundle"))
            ?? In(Path.Combine(package, "..", "aspire-cli-linux-x64", "bundle"));
    }

    private static async Task<AspireBundle> FetchAsync(ToolCache cache, IProgress<string> progress, CancellationToken cancellationToken)
    {
        if (!OperatingSystem.IsLinux() || RuntimeInformation.ProcessArchitecture != Architecture.X64)
            throw new MissingToolException($"The pinned dashboard and orchestrator are for linux-x64, and this is {RuntimeInformation.RuntimeIdentifier}. Install the Aspire CLI of this machine (npm install -g @microsoft/aspire-cli && aspire setup), or set ASPIRE_DCP_PATH and ASPIRE_DASHBOARD_PATH.");
        var version = Metadata("AspireVersion");
        var folder = await cache.GetAsync($"aspire-{version}", (partial, token) => FillAsync(partial, version, progress, token), progress, cancellationToken);
        return In(folder) ?? throw new MissingToolException($"{folder} holds no dcp and dashboard. Remove it and start again: rm -r {folder}");
    }

    private static async Task FillAsync(string folder, string version, IProgress<string> progress, CancellationToken cancellationToken)
    {
        progress.Report($"Fetching the Aspire dashboard and orchestrator {version} with npm (130 MB, once) …");
        await new NpmPackage(Package, version, Metadata("AspireCliIntegrity")).FetchAsync(folder, cancellationToken);
        progress.Report("Unpacking the Aspire dashboard and orchestrator …");
        var package = Path.Combine(folder, "package");
        // Only the two folders are kept. `bundle` is an absolute link that the rename would break, so go by `versions`.
        await UnpackAsync(package, cancellationToken);
        var unpacked = Directory.GetDirectories(Path.Combine(package, "versions")).Single();
        Directory.Move(Path.Combine(unpacked, "dcp"), Path.Combine(folder, "dcp"));
        Directory.Move(Path.Combine(unpacked, "managed"), Path.Combine(folder, "managed"));
        Directory.Delete(package, recursive: true);
    }

    private static async Task UnpackAsync(string package, CancellationToken cancellationToken)
    {
        var setup = new Command(Path.Combine(package, "bin", "aspire"), "setup", "--non-interactive", "--nologo")
        {
            Remedy = $"Try it by hand: npx {Package} setup",
            // A HOME of its own: the CLI would leave a second copy and its state in the user's.
            Environment = new Dictionary<string, string?> { ["HOME"] = package, ["ASPIRE_CLI_TELEMETRY_OPTOUT"] = "1", ["ASPIRE_HOME"] = null },
            WorkingDirectory = package,
            Timeout = TimeSpan.FromMinutes(3),
        };
        var result = await setup.RunAsync(cancellationToken);
        if (result.ExitCode != 0 || !Directory.Exists(Path.Combine(package, "versions")))
            throw new MissingToolException($"'aspire setup' could not unpack the dashboard and orchestrator: {result.Reason} {setup.Remedy}");
    }

    private static AspireBundle? In(string folder) => Create(Path.Combine(folder, "dcp", "dcp"), Path.Combine(folder, "managed", "aspire-managed"));

    private static AspireBundle? Create(string dcp, string dashboard)
        => File.Exists(dcp) && File.Exists(dashboard) ? new(Path.GetFullPath(dcp), Path.GetFullPath(dashboard), Path.GetDirectoryName(Path.GetFullPath(dashboard))!) : null;

    private static string InFolder(string path, string file) => Directory.Exists(path) ? Path.Combine(path, file) : path;

    private static string Metadata(string key) => typeof(AspireBundle).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == key).Value!;
}
