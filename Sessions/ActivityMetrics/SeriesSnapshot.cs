namespace Shop.Sessions.ActivityMetrics;

/// <summary>The samples of a series at one time.</summary>
/// <param name="EvictedTotal">What was counted before the first sample's slot.</param>
/// <param name="Chunks">The samples with their resolutions, oldest first.</param>
internal sealed record SeriesSnapshot(double EvictedTotal, IReadOnlyList<(int SecondsPerSlot, SampleChunk Chunk)> Chunks)
{
    /// <summary>Adds up what was counted in each slot, in the minute in which the slot starts.</summary>
    public void AddTo(MinuteCounts counts)
    {
        var before = EvictedTotal;
        foreach (var (secondsPerSlot, chunk) in Chunks)
        {
            foreach (var sample in chunk.Read())
            {
                counts.Add(sample.Slot * secondsPerSlot, sample.Total - before);
                before = sample.Total;
            }
        }
    }
}
