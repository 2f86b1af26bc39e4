using System.Diagnostics.Tracing;
using Microsoft.Diagnostics.NETCore.Client;

namespace Shop.Lab.Diagnosis.Snapshots;

/// <summary>Collects a process's garbage from outside, so that what only waits for its finalizer is not taken for growth.</summary>
internal static class InducedCollection
{
    // The runtime collects while a session with this keyword starts.
    private const long Collect = 0x800000;
    private const int Passes = 2;
    private static readonly EventPipeProvider Provider = new("Microsoft-Windows-DotNETRuntime", EventLevel.Informational, Collect);

    /// <summary>Two full collections: the first finds what has a finalizer, the second frees it.</summary>
    public static async Task RunAsync(int processId, CancellationToken cancellationToken)
    {
        var client = new DiagnosticsClient(processId);
        for (var pass = 0; pass < Passes; pass++)
        {
            using var session = await client.StartEventPipeSessionAsync(
                [Provider], requestRundown: false, circularBufferMB: 1, cancellationToken);
            var events = session.EventStream.CopyToAsync(Stream.Null, cancellationToken);
            await session.StopAsync(cancellationToken);
            await events;
        }
    }
}
