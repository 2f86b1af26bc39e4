using System.Formats.Tar;
using System.IO.Compression;

namespace LocalAspire.Tools;

/// <summary>A pinned package that the npm client fetches. None of its scripts run, and its hash is checked here, whatever the registry claims.</summary>
internal sealed record NpmPackage(string Name, string Version, string Integrity)
{
    public async Task FetchAsync(string folder, CancellationToken cancellation)
    {
        var download = Directory.CreateDirectory(Path.Combine(folder, ".npm"));
        // A cache of its own: the user's may belong to root or keep a second copy for ever.
        var pack = new Command("npm", "pack", $"{Name}@{Version}", "--pack-destination", ".", "--cache", "cache", "--ignore-scripts", "--no-audit", "--no-fund",
            "--no-update-notifier", "--fetch-retries", "2", "--fetch-timeout", "120000", "--loglevel", "error")
        {
            Remedy = $"npm comes with Node.js (Debian: apt-get install npm); what the feed offers: npm view {Name}@{Version} dist",
            WorkingDirectory = download.FullName,
        };
        await pack.RunAsync($"npm could not fetch {Name}@{Version}", cancellation);
        await using (var archive = download.GetFiles("*.tgz").Single().OpenRead())
        {
            var actual = "sha512-" + Convert.ToBase64String(await SHA512.HashDataAsync(archive, cancellation));
            if (actual != Integrity)
                throw new DistributedApplicationException($"{Name}@{Version} has the hash {actual}, not the pinned {Integrity}, and was thrown away. {pack.Remedy}");
            archive.Position = 0;
            await using var unzipped = new GZipStream(archive, CompressionMode.Decompress);
            await TarFile.ExtractToDirectoryAsync(unzipped, folder, overwriteFiles: true, cancellation);
        }
        download.Delete(recursive: true);
    }
}
