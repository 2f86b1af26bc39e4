using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting;

/// <summary>
/// The folder for the servers' data of one run, under the system's temporary folder. It is deleted when the run ends: by
/// the servers where the run was killed, at the latest by the next run.
/// </summary>
internal sealed class RunFolder : IDisposable
{
    private const string Prefix = "aspire-servers-";
    private readonly LockedFolder _folder = new(Prefix);

    // DistributedApplication.Run does not dispose its services.
    public RunFolder(IHostApplicationLifetime lifetime) => lifetime.ApplicationStopped.Register(Dispose);

    public string Path => _folder.Path;

    public string Of(string server) => System.IO.Path.Combine(Path, server);

    public void Dispose() => _folder.Dispose();

    /// <summary>Deletes the folders of killed runs.</summary>
    internal static void DeleteAbandoned(string parent) => LockedFolder.DeleteAbandoned(parent, Prefix);
}
