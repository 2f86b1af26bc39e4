using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Shop.ServiceDefaults.Cases;

namespace Shop.Tests.Telemetry;

/// <summary>The collections that the lab induces are counted, so that no alert takes them for pressure.</summary>
public sealed class InducedCollectionTests
{
    [Fact]
    public void EachIsOneFullCollectionAndOneCount()
    {
        using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var induced = new InducedCollections(services.GetRequiredService<IMeterFactory>());
        var counts = new List<long>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, all) =>
        {
            if (instrument.Name == InducedCollections.Counter && instrument.Meter.Scope == services.GetRequiredService<IMeterFactory>())
                all.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((_, count, _, _) => counts.Add(count));
        listener.Start();
        var before = GC.CollectionCount(GC.MaxGeneration);

        induced.Start();
        induced.Collect(compacting: true);
        induced.Collect(compacting: false);

        Assert.Equal([0, 1, 1], counts);
        Assert.True(GC.CollectionCount(GC.MaxGeneration) >= before + 2);
    }
}
