using Microsoft.Diagnostics.NETCore.Client;
using Microsoft.Diagnostics.Runtime;

namespace Shop.Lab.Diagnosis.Snapshots;

/// <summary>A running process: by attaching where that is allowed, otherwise by a dump that is deleted when it has been read.</summary>
internal sealed class ProcessSource(int processId) : ISnapshotSource
{
    private const int MaxAttempts = 100;
    private static readonly TimeSpan AttemptInterval = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(4);
    private readonly HeapMemory _memory = new();
    private bool _mayAttach = !IsOwnChild(processId);

    /// <inheritdoc />
    public string Name => $"process {processId}";

    /// <inheritdoc />
    public int? Count => null;

    /// <inheritdoc />
    public async Task<HeapSnapshot?> TakeAsync(CancellationToken cancellationToken)
    {
        try
        {
            await InducedCollection.RunAsync(processId, cancellationToken);
            return await AttachAsync(cancellationToken) ?? await DumpAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is DiagnosticsClientException or ClrDiagnosticsException or IOException
            or InvalidOperationException or ArgumentException or UnauthorizedAccessException)
        {
            throw new LabException($"Process {processId} cannot be read: {exception.Message}", CommandLine.Unreadable);
        }
    }

    /// <inheritdoc />
    public Task GoOnAsync(CancellationToken cancellationToken) => Task.Delay(Interval, cancellationToken);

    private async Task<HeapSnapshot?> AttachAsync(CancellationToken cancellationToken)
    {
        if (!_mayAttach)
            return null;
        try
        {
            for (var attempt = 0; attempt < MaxAttempts; attempt++)
            {
                // The system knows a tracer by its thread, so one thread attaches, copies and detaches.
                var snapshot = await Task.Factory.StartNew(() => HeapSnapshot.Attach(processId, _memory), CancellationToken.None,
                    TaskCreationOptions.LongRunning, TaskScheduler.Default);
                if (snapshot is not null)
                    return snapshot;
                await Task.Delay(AttemptInterval, cancellationToken);
            }
            throw new LabException($"Process {processId} collects garbage without end.", CommandLine.Unreadable);
        }
        catch (ClrDiagnosticsException exception) when (exception.Message.Contains("PTRACE_ATTACH", StringComparison.Ordinal))
        {
            _mayAttach = false;
            return null;
        }
    }

    // Of a process that this one has started, .NET's class Process takes the notice that it has stopped, which ClrMD waits for.
    private static bool IsOwnChild(int processId)
    {
        try
        {
            return File.ReadLines($"/proc/{processId}/status").Any(line => line == $"PPid:\t{Environment.ProcessId}");
        }
        catch (IOException)
        {
            // It has ended, which the snapshot will say.
            return false;
        }
    }

    // A dump holds secrets: it lies in a folder that only this user can open.
    private async Task<HeapSnapshot> DumpAsync(CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("shop-diagnose-").FullName;
        try
        {
            var dump = Path.Combine(folder, "heap.dmp");
            await new DiagnosticsClient(processId).WriteDumpAsync(DumpType.WithHeap, dump, logDumpGeneration: false, cancellationToken);
            return await Task.Run(() => HeapSnapshot.Load(dump), cancellationToken);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
