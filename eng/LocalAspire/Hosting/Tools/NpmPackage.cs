using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;

namespace LocalAspire.Tools;

/// <summary>A pinned package that the npm client fetches. None of its scripts run, and its hash is checked here, whatever the registry claims.</summary>
internal sealed record NpmPackage(string Name, string Version, string Integrity)
{
    /// <summary>Unpacks the package into <paramref name="folder"/>.</summary>
    public async Task FetchAsync(string folder, CancellationToken cancellationToken)
    {
        var download = Directory.CreateDirectory(Path.Combine(folder, ".npm"));
        await DownloadAsync(download.FullName, cancellationToken);
        var archive = download.GetFiles("*.tgz").Single().FullName;
        await CheckAsync(archive, cancellationToken);
        await using (var file = File.OpenRead(archive))
        await using (var unzipped = new GZipStream(file, CompressionMode.Decompress))
            await TarFile.ExtractToDirectoryAsync(unzipped, folder, overwriteFiles: true, cancellationToken);
        download.Delete(recursive: true);
    }

    private async Task DownloadAsync(string folder, CancellationToken cancellationToken)
    {
        // A cache of its own: the user's may belong to root or keep a second copy for ever.
        var pack = new Command("npm", "pack", $"{Name}@{Version}", "--pack-destination", folder, "--cache", Path.Combine(folder, "cache"),
            "--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier", "--fetch-retries", "2", "--fetch-timeout", "120000", "--loglevel", "error")
        {
            Remedy = "Install Node.js with npm (Debian: apt-get install npm).",
            WorkingDirectory = folder,
        };
        var result = await pack.RunAsync(cancellationToken);
        if (result.ExitCode != 0)
            throw new MissingToolException($"npm could not fetch {Name}@{Version}: {result.Reason} See what the feed says: npm view {Name}@{Version} dist");
    }

    private async Task CheckAsync(string archive, CancellationToken cancellationToken)
    {
        await using var file = File.OpenRead(archive);
        var actual = "sha512-" + Convert.ToBase64String(await SHA512.HashDataAsync(file, cancellationToken));
        if (actual != Integrity)
            throw new MissingToolException($"{Name}@{Version} has the hash {actual}, not the pinned {Integrity}, and was thrown away. See what the feed offers: npm view {Name}@{Version} dist.integrity");
    }
}
