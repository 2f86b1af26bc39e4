using System.Diagnostics;
using System.Text.RegularExpressions;
using Microsoft.Diagnostics.NETCore.Client;
using Microsoft.Diagnostics.Runtime;

namespace Shop.Lab.Diagnosis.Snapshots;

/// <summary>A running process: by attaching where that is allowed, otherwise by a dump that is deleted when it has been read.</summary>
internal sealed partial class ProcessSource(int processId) : ISnapshotSource
{
    private const int MaxAttempts = 100;
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan AttemptInterval = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(4);
    private readonly ProcessMemory _memory = new();
    // Of a process that this one has started, .NET's class Process takes the notice that it has stopped.
    private bool _mayAttach = !ProcessStatus.IsOwnChild(processId);

    /// <summary>The process.</summary>
    public int ProcessId => processId;

    /// <inheritdoc />
    public string Name => $"process {processId}";

    /// <inheritdoc />
    public int? Count => null;

    /// <inheritdoc />
    public async Task<HeapSnapshot?> TakeAsync(CancellationToken cancellationToken)
    {
        DumpFolder.DeleteAbandoned();
        try
        {
            await CollectAsync(cancellationToken);
            return await AttachAsync(cancellationToken) ?? await DumpAsync(cancellationToken);
        }
        catch (Exception exception) when (IsExplained(exception))
        {
            throw new LabException(Explain(exception), CommandLine.Unreadable);
        }
    }

    /// <summary>Has the process write a dump; null if the disk has not twice the room that the process takes.</summary>
    /// <exception cref="LabException">It cannot.</exception>
    public async Task<ProcessDump?> WriteDumpAsync(CancellationToken cancellationToken)
    {
        DumpFolder.DeleteAbandoned();
        try
        {
            using var process = Process.GetProcessById(processId);
            var hasRoom = new DriveInfo(Path.GetTempPath()).AvailableFreeSpace / 2 > process.WorkingSet64;
            return hasRoom ? await ProcessDump.WriteAsync(processId, cancellationToken) : null;
        }
        catch (Exception exception) when (IsExplained(exception))
        {
            throw new LabException(Explain(exception), CommandLine.Unreadable);
        }
    }

    /// <summary>Whether the process has ended.</summary>
    public bool HasEnded => ProcessStatus.HasEnded(processId);

    private bool IsExplained(Exception exception)
        => exception is DiagnosticsClientException or ClrDiagnosticsException or IOException or InvalidDataException
            or InvalidOperationException or ArgumentException or UnauthorizedAccessException || HasEnded;

    private string Explain(Exception exception)
    {
        if (ProcessStatus.HasEnded(processId))
            return $"Process {processId} is not running.";
        if (exception is not ServerNotAvailableException)
            return $"Process {processId} cannot be read: {Reason().Match(exception.Message).Value}";
        return ProcessStatus.UserOf(processId) == ProcessStatus.UserOf(Environment.ProcessId)
            ? $"Process {processId} has no diagnostics port: it is not .NET, has its diagnostics disabled, or another TMPDIR than this one."
            : $"Process {processId} is another user's, who alone (or root) can read it, or has no diagnostics port: is it .NET?";
    }

    private async Task CollectAsync(CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(AnswerTimeout);
        try
        {
            await InducedCollection.RunAsync(processId, timeout.Token);
        }
        catch (Exception) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new LabException($"Process {processId} does not answer: is it stopped?", CommandLine.Unreadable);
        }
    }

    /// <inheritdoc />
    public Task GoOnAsync(TimeSpan least, CancellationToken cancellationToken)
        => Task.Delay(least > Interval ? least : Interval, cancellationToken);

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
        catch (UnauthorizedAccessException)
        {
            _mayAttach = false;
            return null;
        }
    }

    private async Task<HeapSnapshot> DumpAsync(CancellationToken cancellationToken)
    {
        using var dump = await ProcessDump.WriteAsync(processId, cancellationToken);
        return await Task.Run(() => HeapSnapshot.Load(dump.Path), cancellationToken).WaitAsync(cancellationToken);
    }

    // The program that writes dumps says the reason first, after its name.
    [GeneratedRegex(@"(?<=^(\[createdump\] )?)(?!\[createdump\]).*")]
    private static partial Regex Reason();
}
