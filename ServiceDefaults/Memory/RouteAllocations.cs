using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;

namespace Shop.ServiceDefaults.Memory;

/// <summary>
/// Publishes what the process allocates per request of each route: <c>shop.request.allocated</c>, the mean of the last 30 to 60 s. What is
/// allocated while several requests run is shared equally among them, so no byte counts twice; what background work allocates meanwhile
/// counts too. It allocates nothing itself once a route is known.
/// </summary>
/// <remarks>
/// Neither the heap before and after a request, which also shrinks, nor the count of the request's thread, which changes at an await, say
/// what a request allocates.
/// </remarks>
internal sealed class RouteAllocations
{
    public const string Gauge = "shop.request.allocated";

    /// <summary>The number of routes with a mean of their own; requests of further ones are not recorded.</summary>
    public const int MaxRoutes = 100;

    private static readonly TimeSpan HalfWindow = TimeSpan.FromSeconds(30);
    private readonly Dictionary<Endpoint, RouteAllocation> _routes = [];
    private readonly Lock _lock = new();
    private readonly TimeProvider _time;
    private readonly Func<long> _readAllocated;
    private readonly Meter _meter;
    private long _rotated;
    private long _allocated;
    private int _active;
    // What one request would have been charged had it run all the time: a request's charge is the difference between its end and start.
    private double _charge;

    public RouteAllocations(IMeterFactory meters, TimeProvider time)
        : this(meters, time, static () => GC.GetTotalAllocatedBytes(precise: false))
    {
    }

    public RouteAllocations(IMeterFactory meters, TimeProvider time, Func<long> readAllocated)
    {
        (_time, _readAllocated) = (time, readAllocated);
        _rotated = time.GetTimestamp();
        // The factory owns and disposes the meter.
        _meter = meters.Create(MemoryMetrics.MeterName);
        _meter.CreateObservableGauge(Gauge, Observe, "By",
            "Mean of the process's allocation per request of a route during the last minute; other work of the process counts too");
    }

    /// <summary>Starts a request; returns what <see cref="End"/> needs.</summary>
    public double Begin()
    {
        lock (_lock)
        {
            Charge();
            _active++;
            return _charge;
        }
    }

    /// <summary>Ends a request of an endpoint; null if no route matched.</summary>
    public void End(Endpoint? endpoint, double begun)
    {
        lock (_lock)
        {
            Charge();
            _active--;
            if (endpoint is not null && Find(endpoint) is { } route)
                route.Add(_charge - begun);
        }
    }

    /// <summary>The routes whose mean has become high since the last call.</summary>
    public IReadOnlyList<RouteAllocation> EnterHigh()
    {
        lock (_lock)
        {
            Rotate();
            List<RouteAllocation>? high = null;
            foreach (var route in _routes.Values)
            {
                if (route.EntersHigh())
                    (high ??= []).Add(route);
            }
            return high ?? (IReadOnlyList<RouteAllocation>)[];
        }
    }

    private void Charge()
    {
        var allocated = _readAllocated();
        if (_active > 0)
            _charge += (allocated - _allocated) / (double)_active;
        _allocated = allocated;
    }

    private void Rotate()
    {
        if (_time.GetElapsedTime(_rotated) < HalfWindow)
            return;
        _rotated = _time.GetTimestamp();
        foreach (var route in _routes.Values)
            route.Rotate();
    }

    private RouteAllocation? Find(Endpoint endpoint)
    {
        if (_routes.TryGetValue(endpoint, out var route))
            return route;
        if (_routes.Count == MaxRoutes || endpoint.Metadata.GetMetadata<IRouteDiagnosticsMetadata>()?.Route is not { } template)
            return null;
        var methods = endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods;
        return _routes[endpoint] = new(methods is { Count: > 0 } ? string.Join(',', methods) : "any", template);
    }

    private List<Measurement<long>> Observe()
    {
        lock (_lock)
        {
            return [.. from route in _routes.Values where route.Requests > 0
                       select new Measurement<long>(
                           route.MeanBytes, new("http.route", route.Route), new("http.request.method", route.Method))];
        }
    }
}
