using System.Diagnostics.Metrics;
using Microsoft.IO;

namespace Shop.Documents;

/// <summary>
/// Pools memory for the files of documents, with at most <see cref="MaxFreeBytes"/> of free buffers, and publishes the pool's
/// size: free buffers survive a full collection and would otherwise be mistaken for a leak.
/// </summary>
internal sealed class ContentBuffers
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "Shop.Documents";

    /// <summary>The maximum number of free bytes that the pool retains; buffers returned beyond it are garbage.</summary>
    public const long MaxFreeBytes = 8 * 1024 * 1024;

    // Below 85,000 bytes, the size from which an array is allocated on the large object heap.
    private const int BlockBytes = 64 * 1024;

    // Large buffers are only needed by GetBuffer and ToArray, which are not used.
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
            "Pooled buffers for the files of documents, in use by requests or free; both are part of shop.memory.live");
    }

    /// <summary>The bytes that requests use.</summary>
    public long UsedBytes => _pool.SmallPoolInUseSize + _pool.LargePoolInUseSize;

    /// <summary>Returns an empty stream that rents its memory from the pool as it grows and returns it when it is disposed.</summary>
    public RecyclableMemoryStream GetStream() => _pool.GetStream();

    private IEnumerable<Measurement<long>> Observe()
    {
        yield return new(_pool.SmallPoolFreeSize + _pool.LargePoolFreeSize, new KeyValuePair<string, object?>("state", "free"));
        yield return new(UsedBytes, new KeyValuePair<string, object?>("state", "used"));
    }
}
