using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Shop.ServiceDefaults.Memory;

namespace Shop.Tests.Telemetry;

/// <summary>The shares and rates that a service computes from its samples of the GC's totals.</summary>
public sealed class MemoryRateTests
{
    /// <summary>
    /// A timestamp in nanoseconds times <see cref="TimeSpan.TicksPerSecond"/> exceeds 64 bits after 15 minutes of uptime; the samples
    /// before and after that point gave negative rates, for 10 s in every half hour.
    /// </summary>
    [Fact]
    public void RatesAreCorrectWhateverTheUptimeOfTheMachine()
    {
        using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var clock = new UptimeClock();
        var metrics = new MemoryMetrics(services.GetRequiredService<IMeterFactory>(), clock);
        var rates = new List<double>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, l) =>
        {
            if (instrument.Name is "shop.gc.pause.share" or "shop.gc.allocation.rate")
                l.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<double>((_, rate, _, _) => rates.Add(rate));
        listener.Start();

        for (var reading = 0; reading < 30; reading++)
        {
            metrics.Add(MemoryReading.Read(clock));
            listener.RecordObservableInstruments();
            clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.NotEmpty(rates);
        Assert.All(rates, rate => Assert.InRange(rate, 0, double.MaxValue));
    }

    /// <summary>
    /// Counts nanoseconds, as Linux does, and starts 15 s before their product with the ticks of a second exceeds 64 bits.
    /// </summary>
    private sealed class UptimeClock : FakeTimeProvider
    {
        private readonly DateTimeOffset _start = DateTimeOffset.UtcNow;

        public UptimeClock() => SetUtcNow(_start);

        public override long TimestampFrequency => 1_000_000_000;

        public override long GetTimestamp()
            => (long.MaxValue / TimeSpan.TicksPerSecond) - (15 * TimestampFrequency) + ((GetUtcNow() - _start).Ticks * 100);
    }
}
