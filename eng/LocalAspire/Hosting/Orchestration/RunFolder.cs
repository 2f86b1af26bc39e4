namespace LocalAspire.Orchestration;

/// <summary>Keys, the servers' data. It is the orchestrator's session folder too, which that deletes when all processes have ended, also after a crash.</summary>
internal sealed record RunFolder(string Path) : IDisposable
{
    public static RunFolder Create()
    {
        try
        {
            return new RunFolder(Directory.CreateTempSubdirectory("local-aspire-").FullName);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new DistributedApplicationException($"No folder can be made in {System.IO.Path.GetTempPath()}: {exception.Message} Name a writable one: TMPDIR=<folder>.", exception);
        }
    }

    public void Dispose()
    {
        if (Directory.Exists(Path))
            Directory.Delete(Path, recursive: true);
    }
}
