namespace Shop.Sessions.ActivityMetrics;

/// <summary>Adds counts up by minute.</summary>
/// <param name="from">The earliest minute.</param>
/// <param name="to">The end of the minutes, exclusive.</param>
internal sealed class MinuteCounts(DateTimeOffset from, DateTimeOffset to)
{
    private const int SecondsPerMinute = 60;
    private readonly Dictionary<long, double> _counts = [];

    /// <summary>The counts above zero, oldest first.</summary>
    public IReadOnlyList<ActivityPoint> Points
        => [.. _counts.OrderBy(minute => minute.Key).Select(minute => new ActivityPoint(StartOf(minute.Key), (long)minute.Value))];

    /// <summary>Adds a count to the minute of an instant, if the minute starts in the window.</summary>
    /// <param name="second">The instant, as Unix time in seconds.</param>
    /// <param name="count">The count.</param>
    public void Add(long second, double count)
    {
        var minute = second / SecondsPerMinute;
        if (StartOf(minute) >= from && StartOf(minute) < to)
            _counts[minute] = _counts.GetValueOrDefault(minute) + count;
    }

    private static DateTimeOffset StartOf(long minute) => DateTimeOffset.FromUnixTimeSeconds(minute * SecondsPerMinute);
}
