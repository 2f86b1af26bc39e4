using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Shop.Documents.DocumentEvents;
using Shop.Payments.PaymentPayload;
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
        using var listener = Listen(services, counts);
        var before = GC.CollectionCount(GC.MaxGeneration);

        induced.Start();
        induced.Collect(compacting: true);
        induced.Collect(compacting: false);

        Assert.Equal([0, 1, 1], counts);
        Assert.True(GC.CollectionCount(GC.MaxGeneration) >= before + 2);
    }

    /// <summary>Only the reset of a Retained case collects.</summary>
    [Fact]
    public void TheCollectionOfACasesResetIsOneToo()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        new CasesBuilder(builder.Services, builder.Configuration).Add<DocumentEventsCase>().Add<PaymentPayloadCase>();
        using var services = builder.Services.BuildServiceProvider();
        var counts = new List<long>();
        using var listener = Listen(services, counts);

        foreach (var @case in services.GetServices<ICaseSwitch>())
            @case.Reset();

        Assert.Equal([1], counts);
    }

    private static MeterListener Listen(IServiceProvider services, List<long> counts)
    {
        var factory = services.GetRequiredService<IMeterFactory>();
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, all) =>
            {
                if (instrument.Name == InducedCollections.Counter && instrument.Meter.Scope == factory)
                    all.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((_, count, _, _) => counts.Add(count));
        listener.Start();
        return listener;
    }
}
