namespace LocalAspire.Tools;

/// <summary>Debian packages unpacked into a folder instead of installed: no root, no change to the system.</summary>
internal sealed record DebianPackages(params IReadOnlyList<string> Names)
{
    private string Remedy => $"Install the server yourself instead (as root, on Debian): apt-get install {Names[0]}";

    /// <summary>Unpacks the packages, with what they need and this machine lacks, into <paramref name="folder"/> as if it were the root of the file system.</summary>
    public async Task FetchAsync(string folder, CancellationToken cancellation)
    {
        var apt = Path.Combine(folder, ".apt");
        foreach (var needed in (string[])["lists/partial", "archives/partial", "tmp"])
            Directory.CreateDirectory(Path.Combine(apt, needed));
        await AptAsync(apt, ["update"], cancellation);
        // --reinstall: also those named that this machine has, because all of them must be in one place.
        await AptAsync(apt, ["install", "--download-only", "--yes", "--reinstall", "--no-install-recommends", .. Names], cancellation);
        foreach (var archive in Directory.GetFiles(Path.Combine(apt, "archives"), "*.deb"))
            await new Command("dpkg", "-x", archive, folder) { Remedy = Remedy }.RunAsync("dpkg failed", cancellation);
        Directory.Delete(apt, recursive: true);
    }

    private Task<CommandResult> AptAsync(string folder, string[] arguments, CancellationToken cancellation) => new Command("apt-get",
    [
        "-q", "-o", $"Dir::State::lists={folder}/lists", "-o", $"Dir::Cache={folder}", "-o", $"Dir::Cache::archives={folder}/archives", "-o", "Debug::NoLocking=1",
        "-o", "Acquire::Retries=2", "-o", "Acquire::http::Timeout=30", "-o", "Acquire::https::Timeout=30", "-o", "APT::Update::Error-Mode=any",
        // As root apt would hand the download to a user who may not see this folder.
        "-o", "APT::Sandbox::User=root", .. arguments,
    ])
    {
        Remedy = Remedy,
        WorkingDirectory = folder,
        Environment = new() { ["TMPDIR"] = $"{folder}/tmp", ["LC_ALL"] = "C" },
    }.RunAsync("apt-get failed", cancellation);

    public static string Libraries(string root) => Directory.GetDirectories($"{root}/usr/lib", "*-linux-gnu").Single();
}
