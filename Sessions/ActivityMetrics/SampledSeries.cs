namespace Shop.Sessions.ActivityMetrics;

/// <summary>
/// The counts of one metric, or of one product in it. Where it has an activity each second: the last hour in full, then each 10th sample
/// for a day, then each 100th for a week. Not safe for concurrent use; its snapshots are.
/// </summary>
internal sealed class SampledSeries
{
    /// <summary>The maximum number of samples: an hour of seconds, a day of tens, a week of hundreds, and a chunk more of each.</summary>
    public const int MaxSamples = Hour + Day + Week + (3 * SampleChunk.Capacity);

    private const int Hour = 10 * SampleChunk.Capacity;
    private const int Day = 24 * SampleChunk.Capacity;
    // Five sixths of the 17th chunk would be enough.
    private const int Week = 17 * SampleChunk.Capacity;
    private readonly SampleRing _seconds;
    private readonly SampleRing _tens;
    private readonly SampleRing _hundreds;
    private double _total;

    public SampledSeries()
    {
        _hundreds = new SampleRing(100, Week, coarser: null);
        _tens = new SampleRing(10, Day, _hundreds);
        _seconds = new SampleRing(1, Hour, _tens);
    }

    /// <summary>The number of samples.</summary>
    public int Count => _seconds.Count + _tens.Count + _hundreds.Count;

    /// <summary>The bytes that are allocated for the samples.</summary>
    public long Bytes => _seconds.Bytes + _tens.Bytes + _hundreds.Bytes;

    /// <summary>The time of the latest activity, as Unix time in seconds.</summary>
    public long LatestSecond { get; private set; }

    /// <summary>Counts an activity.</summary>
    /// <param name="second">Its time, as Unix time in seconds.</param>
    public void Add(long second)
    {
        LatestSecond = Math.Max(LatestSecond, second);
        _seconds.Set(second, ++_total);
    }

    /// <summary>The counts as of now, which may be read while the series changes.</summary>
    public SeriesSnapshot Snapshot()
        => new(_hundreds.EvictedTotal, [.. _hundreds.Snapshot(), .. _tens.Snapshot(), .. _seconds.Snapshot()]);
}
