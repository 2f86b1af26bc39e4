namespace Shop.Tests.Caching;

/// <summary>A clock that goes when it is told to. It has monotonic time only: who asks it for a timer or the date gets the system's.</summary>
internal sealed class ManualTime : TimeProvider
{
    private long _ticks;

    /// <summary>How often the time was asked for.</summary>
    public int Reads { get; private set; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp()
    {
        Reads++;
        return _ticks;
    }

    public void Advance(TimeSpan time) => _ticks += time.Ticks;
}
