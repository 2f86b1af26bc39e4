using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Shop.ServiceDefaults.Memory;

namespace Shop.Tests.Telemetry;

/// <summary>The mean of the process's allocation per request of a route.</summary>
public sealed class RouteAllocationTests : IDisposable
{
    private const long High = 12_000_000;
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly FakeTimeProvider _time = new();
    private readonly Endpoint _cheap = Route("/cheap/{id}");
    private readonly Endpoint _costly = Route("/costly");
    private readonly RouteAllocations _routes;
    private long _allocated;

    public RouteAllocationTests()
        => _routes = new(_services.GetRequiredService<IMeterFactory>(), _time, () => _allocated);

    public void Dispose() => _services.Dispose();

    [Fact]
    public void TheMeanIsOfTheRequestsThatRanAlone()
    {
        Request(_cheap, 100);
        Request(_cheap, 300);
        _allocated += 5_000;
        Request(_costly, 7_000);

        Assert.Equal(new() { ["/cheap/{id}"] = 200, ["/costly"] = 7_000 }, Read());
    }

    [Fact]
    public void WhatIsAllocatedWhileTwoRequestsRunIsSharedAndCountsOnce()
    {
        var first = _routes.Begin();
        _allocated += 1_000;
        var second = _routes.Begin();
        _allocated += 600;
        _routes.End(_cheap, second);
        _allocated += 50;
        _routes.End(_costly, first);

        Assert.Equal(new() { ["/cheap/{id}"] = 300, ["/costly"] = 1_350 }, Read());
    }

    [Fact]
    public void ACostlyRouteIsNamedOnceUntilItsMeanHasFallen()
    {
        Requests(_costly, 4, High);
        Assert.Empty(_routes.EnterHigh());
        Requests(_costly, 1, High);
        Requests(_cheap, 50, 100);
        Assert.Equal("/costly", Assert.Single(_routes.EnterHigh()).Route);
        Requests(_costly, 5, High);
        Assert.Empty(_routes.EnterHigh());

        Requests(_costly, 100, 100);
        Assert.Empty(_routes.EnterHigh());
        Requests(_costly, 1_000, High);
        Assert.Single(_routes.EnterHigh());
    }

    [Fact]
    public void AMeanIsOfTheLastMinute()
    {
        Requests(_costly, 5, High);
        Rotate();
        Assert.Equal(High, Read()["/costly"]);
        Rotate();

        Assert.Empty(Read());
    }

    [Fact]
    public void TheNumberOfRoutesIsBounded()
    {
        for (var index = 0; index < 2 * RouteAllocations.MaxRoutes; index++)
            Request(Route($"/route-{index}"), 100);

        Assert.Equal(RouteAllocations.MaxRoutes, Read().Count);
    }

    /// <summary>What it costs: a count of bytes says more than a time.</summary>
    [Fact]
    public void CountingARequestOfAKnownRouteAllocatesNothing()
    {
        Requests(_cheap, 10, 1);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Requests(_cheap, 10_000, 1);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    internal static RouteEndpoint Route(string template) => new(
        _ => Task.CompletedTask, RoutePatternFactory.Parse(template), order: 0,
        new EndpointMetadataCollection(new Template(template), new HttpMethodMetadata(["GET"])), template);

    private void Rotate()
    {
        _time.Advance(TimeSpan.FromSeconds(30));
        _ = _routes.EnterHigh();
    }

    private void Requests(Endpoint endpoint, int requests, long bytes)
    {
        for (var request = 0; request < requests; request++)
            Request(endpoint, bytes);
    }

    private void Request(Endpoint endpoint, long bytes)
    {
        var begun = _routes.Begin();
        _allocated += bytes;
        _routes.End(endpoint, begun);
    }

    private Dictionary<string, long> Read()
    {
        var means = new Dictionary<string, long>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, l) =>
        {
            if (instrument.Name == RouteAllocations.Gauge && instrument.Meter.Scope == _services.GetRequiredService<IMeterFactory>())
                l.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((_, mean, tags, _) => means.Add((string)tags[0].Value!, mean));
        listener.Start();
        listener.RecordObservableInstruments();
        return means;
    }

    private sealed record Template(string Route) : IRouteDiagnosticsMetadata;
}
