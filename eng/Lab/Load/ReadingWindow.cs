namespace Shop.Lab.Load;

/// <summary>The readings of the last minute of a load: what happened in it is the difference of two.</summary>
internal sealed class ReadingWindow
{
    private static readonly TimeSpan Length = TimeSpan.FromMinutes(1);
    private readonly List<LoadReading> _readings = [];

    public int Count => _readings.Count;

    /// <summary>The reading from before the last minute, or the first one.</summary>
    public LoadReading Oldest => _readings[0];

    public LoadReading Last => _readings[^1];

    public void Add(LoadReading reading)
    {
        _readings.Add(reading);
        // The second one is also old enough to tell what happened in the last minute.
        while (_readings.Count > 1 && Age(_readings[1]) >= Length)
            _readings.RemoveAt(0);
    }

    /// <summary>What happened in the last seconds, or since the start if that is less; null before the second reading.</summary>
    public LoadInterval? Since(TimeSpan span)
    {
        var earlier = _readings.LastOrDefault(reading => Age(reading) >= span) ?? Oldest;
        return earlier == Last ? null : new(earlier, Last);
    }

    private TimeSpan Age(LoadReading reading) => Last.Elapsed - reading.Elapsed;
}
