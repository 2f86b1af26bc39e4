using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Shop.ServiceDefaults.Memory;

namespace Shop.Tests.Telemetry;

/// <summary>A warning is one log line and one count, each time that its condition is entered.</summary>
public sealed class MemoryWarningTests : IDisposable
{
    private const long Limit = 1_000_000;
    private readonly FakeTimeProvider _time = new();
    private readonly LogRecorder _log = new();
    private readonly ServiceProvider _services;
    private readonly MemoryWarnings _warnings;
    private readonly List<string> _counted = [];
    private readonly MeterListener _listener = new();
    private int _collections;

    public MemoryWarningTests()
    {
        _services = new ServiceCollection().AddMetrics().AddLogging(logging => logging.AddProvider(_log))
            .AddSingleton<TimeProvider>(_time).AddMemoryTelemetry().BuildServiceProvider();
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name == MemoryWarnings.Counter && instrument.Meter.Scope == _services.GetRequiredService<IMeterFactory>())
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((_, count, tags, _) =>
        {
            for (; count > 0; count--)
                _counted.Add((string)tags[0].Value!);
        });
        _listener.Start();
        _warnings = _services.GetRequiredService<MemoryWarnings>();
    }

    public void Dispose()
    {
        _listener.Dispose();
        _services.Dispose();
        _log.Dispose();
    }

    [Fact]
    public void FiveCollectionsOfGeneration2InTenSecondsAreOneWarning()
    {
        Seconds(5, collections: 1);
        Assert.DoesNotContain(MemoryWarnings.BurstKind, _counted);
        Seconds(20, collections: 1);

        Assert.Single(_counted, MemoryWarnings.BurstKind);
        Assert.Single(_log.Lines, line => line.Contains("generation 2 in 10 s", StringComparison.Ordinal));

        Seconds(20, collections: 0);
        Seconds(20, collections: 1);
        Assert.Equal(2, _counted.Count(kind => kind == MemoryWarnings.BurstKind));
    }

    [Fact]
    public void ACollectionEverySixSecondsIsNeverABurstButIsTooMany()
    {
        for (var index = 0; index < 20; index++)
        {
            Seconds(1, collections: 1);
            Seconds(5, collections: 0);
        }
        Assert.Equal([MemoryWarnings.RateKind], _counted);
    }

    /// <summary>The full collections of <c>FullCollections</c>, one in ten seconds, must not warn.</summary>
    [Fact]
    public void ACollectionEveryTenSecondsWarnsOfNothing()
    {
        for (var index = 0; index < 20; index++)
        {
            Seconds(1, collections: 1);
            Seconds(9, collections: 0);
        }
        Assert.Empty(_counted);
        Assert.Empty(_log.Lines);
    }

    [Fact]
    public void AHeapThatMovesAroundItsThresholdIsOneWarning()
    {
        foreach (var share in (double[])[0.79, 0.81, 0.79, 0.85, 0.75, 0.9])
            Second(heap: (long)(share * Limit));
        Assert.Equal([MemoryWarnings.HeapKind], _counted);

        Second(heap: Limit / 2);
        Second(heap: Limit * 9 / 10);
        Assert.Equal([MemoryWarnings.HeapKind, MemoryWarnings.HeapKind], _counted);
    }

    private void Seconds(int seconds, int collections)
    {
        for (var second = 0; second < seconds; second++)
        {
            _collections += collections;
            Second(heap: 0);
        }
    }

    private void Second(long heap)
    {
        _warnings.Check(new(_time.GetTimestamp(), TimeSpan.Zero, 0, _collections, heap, Limit));
        _time.Advance(TimeSpan.FromSeconds(1));
    }
}
