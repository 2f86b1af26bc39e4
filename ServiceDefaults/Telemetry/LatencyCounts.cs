namespace Shop.ServiceDefaults.Telemetry;

/// <summary>A histogram's counts at one moment, or of the time between two.</summary>
public sealed class LatencyCounts(long[] counts)
{
    /// <summary>How many durations were recorded.</summary>
    public long Count { get; } = counts.Sum();

    /// <summary>The duration that the given share (0 to 1) does not exceed; null if nothing was recorded.</summary>
    public TimeSpan? Percentile(double share)
    {
        if (Count == 0)
            return null;
        var rank = Math.Clamp((long)Math.Ceiling(share * Count), 1, Count);
        var bucket = 0;
        for (var seen = counts[0]; seen < rank; seen += counts[bucket])
            bucket++;
        return LatencyHistogram.ValueOf(bucket);
    }

    /// <summary>What was recorded since an earlier reading.</summary>
    public LatencyCounts Since(LatencyCounts earlier) => new([.. counts.Zip(earlier.Values, (now, before) => now - before)]);

    private long[] Values => counts;
}
