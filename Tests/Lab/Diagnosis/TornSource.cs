using System.Runtime.InteropServices;
using Shop.Lab.Diagnosis.Graph;
using Shop.Lab.Diagnosis.Snapshots;

namespace Shop.Tests.Lab.Diagnosis;

/// <summary>A process that stands still in the middle of moving an object, the first few times.</summary>
internal sealed class TornSource(string dump, int torn, int whole) : ISnapshotSource
{
    /// <summary>How many snapshots were taken.</summary>
    public int Taken { get; private set; }

    public string Name => "torn";

    public int? Count => null;

    public Task GoOnAsync(TimeSpan least, CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task<HeapSnapshot?> TakeAsync(CancellationToken cancellationToken)
    {
        if (Taken == torn + whole)
            return null;
        Taken++;
        var snapshot = await new DumpSource([dump]).TakeAsync(cancellationToken);
        if (Taken <= torn)
            Tear(snapshot!);
        return snapshot;
    }

    private static void Tear(HeapSnapshot snapshot)
    {
        var graph = HeapGraphBuilder.Build(snapshot);
        var holder = Enumerable.Range(0, graph.Count).First(item => graph.SlotsOf(item) is [not HeapGraph.Null, ..]);
        var reference = graph.AddressOf(holder) + (ulong)graph.LayoutOf(holder).OffsetOf(0);
        var segment = snapshot.Memory.Segments.Single(segment => segment.Start <= reference && reference < segment.End);
        MemoryMarshal.Write(segment.Buffer.AsSpan((int)(reference - segment.Start)), reference);
    }
}
