namespace Shop.Tests;

/// <summary>A clock that stands still until a test moves it.</summary>
internal sealed class SteppedTime : TimeProvider
{
    private DateTimeOffset _now = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);
    private Func<DateTimeOffset>? _interruption;

    /// <summary>How often the monotonic time was asked for.</summary>
    public int Reads { get; private set; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public void Advance(TimeSpan by) => _now += by;

    /// <summary>Lets a test do something at the moment when the code under test next asks for the time, and answer it.</summary>
    public void InterruptOnce(Func<DateTimeOffset> interruption) => _interruption = interruption;

    public override DateTimeOffset GetUtcNow() => Interlocked.Exchange(ref _interruption, null) is { } interruption ? interruption() : _now;

    public override long GetTimestamp()
    {
        Reads++;
        return _now.UtcTicks;
    }
}
