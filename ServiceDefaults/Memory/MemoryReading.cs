namespace Shop.ServiceDefaults.Memory;

/// <summary>What the garbage collector says at a moment; sizes in bytes.</summary>
/// <param name="Timestamp">A time provider's timestamp.</param>
/// <param name="Paused">The time spent in collections' pauses since the process started.</param>
/// <param name="AllocatedBytes">What was allocated since the process started.</param>
/// <param name="Gen2Collections">Collections of generation 2 since the process started.</param>
/// <param name="HeapBytes">The heap's size after the last collection.</param>
/// <param name="HeapLimitBytes">The maximum size of the heap.</param>
internal readonly record struct MemoryReading(
    long Timestamp, TimeSpan Paused, long AllocatedBytes, int Gen2Collections, long HeapBytes, long HeapLimitBytes)
{
    public static MemoryReading Read(TimeProvider time)
    {
        var memory = GC.GetGCMemoryInfo(GCKind.Any);
        return new(time.GetTimestamp(), GC.GetTotalPauseDuration(), GC.GetTotalAllocatedBytes(precise: false),
            GC.CollectionCount(GC.MaxGeneration), memory.HeapSizeBytes, memory.TotalAvailableMemoryBytes);
    }
}
