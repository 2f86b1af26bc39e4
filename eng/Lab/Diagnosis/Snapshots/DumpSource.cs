using Microsoft.Diagnostics.Runtime;

namespace Shop.Lab.Diagnosis.Snapshots;

/// <summary>Dumps, the earliest first, of this machine or another.</summary>
internal sealed class DumpSource(IReadOnlyList<string> dumps) : ISnapshotSource
{
    private int _next;

    /// <inheritdoc />
    public string Name => string.Join(", ", dumps.Select(Path.GetFileName));

    /// <inheritdoc />
    public int? Count => dumps.Count;

    /// <inheritdoc />
    public Task GoOnAsync(TimeSpan least, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public async Task<HeapSnapshot?> TakeAsync(CancellationToken cancellationToken)
    {
        if (_next == dumps.Count)
            return null;
        var dump = dumps[_next++];
        try
        {
            return await Task.Run(() => HeapSnapshot.Load(dump), cancellationToken);
        }
        catch (Exception exception) when (exception is ClrDiagnosticsException or IOException or InvalidDataException
            or UnauthorizedAccessException)
        {
            throw new LabException($"The dump {dump} cannot be read: {exception.Message}", CommandLine.Unreadable);
        }
    }
}
