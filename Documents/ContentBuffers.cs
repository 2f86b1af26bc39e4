using System.Diagnostics.Metrics;
using Microsoft.IO;

namespace Shop.Documents;

/// <summary>
/// Lends memory for the files of documents from a pool that keeps at most <see cref="MaxFreeBytes"/>, and publishes what it
/// holds: free buffers stay alive after a full collection and would else be taken for a leak.
/// </summary>
internal sealed class ContentBuffers
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "Shop.Documents";

    /// <summary>The most bytes that the pool keeps for later requests; what is returned beyond it is left to the collector.</summary>
    public const long MaxFreeBytes = 8 * 1024 * 1024;

    // Below 85,000 bytes, from which an array lies on the large object heap.
    private const int BlockBytes = 64 * 1024;

    // Large buffers, which only GetBuffer and ToArray need, are never asked for.
    private readonly RecyclableMemoryStreamManager _pool = new(new RecyclableMemoryStreamManager.Options
    {
        BlockSize = BlockBytes,
        MaximumSmallPoolFreeBytes = MaxFreeBytes,
        MaximumLargePoolFreeBytes = BlockBytes,
        ThrowExceptionOnToArray = true,
    });

    private readonly Meter _meter;

    public ContentBuffers(IMeterFactory meters)
    {
        // The factory owns and disposes the meter.
        _meter = meters.Create(MeterName);
        _meter.CreateObservableGauge("shop.content.buffers", Observe, "By",
            "Pooled buffers for the files of documents, used by requests or free for the next ones; both are part of shop.memory.live");
    }

    /// <summary>An empty stream that takes its memory from the pool as it grows, and returns it when it is disposed.</summary>
    public RecyclableMemoryStream GetStream() => _pool.GetStream();

    private IEnumerable<Measurement<long>> Observe()
    {
        yield return new(_pool.SmallPoolFreeSize + _pool.LargePoolFreeSize, new KeyValuePair<string, object?>("state", "free"));
        yield return new(_pool.SmallPoolInUseSize + _pool.LargePoolInUseSize, new KeyValuePair<string, object?>("state", "used"));
    }
}
