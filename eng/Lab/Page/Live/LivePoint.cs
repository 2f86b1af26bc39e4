using Shop.ServiceDefaults.Cases;

namespace Shop.Lab.Page.Live;

/// <summary>What a chart shows of one second of an instance: a sample, and the rates since the one before it.</summary>
/// <param name="Sample">The sample.</param>
/// <param name="AllocatedPerSecond">Bytes; null without an earlier sample of the process.</param>
/// <param name="PauseShare">Of the time, in percent.</param>
/// <param name="CpuCores">Cores in use.</param>
/// <param name="RequestsPerSecond">Requests of customers that ended.</param>
/// <param name="FailuresPerSecond">Those answered with 5xx.</param>
/// <param name="Collections">Those of generations 0, 1 and 2 since the sample before; a full one is counted as generation 2 only.</param>
public sealed record LivePoint(
    LiveSample Sample, double? AllocatedPerSecond, double? PauseShare, double? CpuCores, double? RequestsPerSecond,
    double? FailuresPerSecond, IReadOnlyList<int>? Collections)
{
    /// <summary>The point of a sample.</summary>
    /// <param name="sample">The sample.</param>
    /// <param name="earlier">The one before it; null if it is the first of the process.</param>
    public static LivePoint Of(LiveSample sample, LiveSample? earlier)
    {
        if (earlier is null || (sample.Time - earlier.Time).TotalSeconds is not (var seconds and > 0))
            return new(sample, null, null, null, null, null, null);
        return new(
            sample, (sample.AllocatedBytes - earlier.AllocatedBytes) / seconds,
            100 * (sample.PausedSeconds - earlier.PausedSeconds) / seconds, (sample.CpuSeconds - earlier.CpuSeconds) / seconds,
            (sample.Requests - earlier.Requests) / seconds, (sample.Failures - earlier.Failures) / seconds,
            CollectionsSince(sample.Collections, earlier.Collections));
    }

    // A collection of a generation is one of the younger generations too.
    private static int[] CollectionsSince(IReadOnlyList<int> now, IReadOnlyList<int> then)
    {
        int[] counts = [.. now.Zip(then, (count, before) => count - before)];
        return [counts[0] - counts[1], counts[1] - counts[2], counts[2]];
    }
}
