using Microsoft.Extensions.Time.Testing;

namespace Shop.Tests.Sessions;

/// <summary>A fake time that can run an action while the code under test reads it.</summary>
internal class InterruptibleTime : FakeTimeProvider
{
    private Func<DateTimeOffset>? _interruption;

    /// <summary>Runs the interruption at the next read of the time; the read returns its result.</summary>
    public void InterruptOnce(Func<DateTimeOffset> interruption) => _interruption = interruption;

    public override DateTimeOffset GetUtcNow()
        => Interlocked.Exchange(ref _interruption, null) is { } interruption ? interruption() : base.GetUtcNow();
}
