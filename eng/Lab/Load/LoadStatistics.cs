using System.Collections.Concurrent;
using Shop.ServiceDefaults.Telemetry;

namespace Shop.Lab.Load;

/// <summary>Counts of the whole run in bounded memory: all kinds of errors are route and status or exception, never a text with ids.</summary>
internal sealed class LoadStatistics(TimeProvider time)
{
    private readonly long _started = time.GetTimestamp();
    private readonly ConcurrentDictionary<(string Route, string Kind), long> _errors = new();
    private readonly LatencyHistogram[] _routes = [.. ShopRoute.All.Select(_ => new LatencyHistogram())];
    private readonly LatencyHistogram _placeToSettled = new();
    private readonly LatencyHistogram _arrivalToSettled = new();
    private long _arrivals, _dropped, _inFlight, _settled, _declined, _unsettled, _abandoned, _polled;

    /// <summary>A shopper came; dropped if too many are in the shop already.</summary>
    public void Arrived(bool isDropped)
    {
        Interlocked.Increment(ref _arrivals);
        Interlocked.Increment(ref isDropped ? ref _dropped : ref _inFlight);
    }

    /// <summary>A shopper left; abandoned if the end of the load cut the visit short.</summary>
    public void Left(bool isAbandoned)
    {
        Interlocked.Decrement(ref _inFlight);
        if (isAbandoned)
            Interlocked.Increment(ref _abandoned);
    }

    /// <summary>A request got the answer that its route promises.</summary>
    public void Answered(ShopRoute route, TimeSpan duration) => _routes[route.Index].Record(duration);

    /// <summary>Something went wrong.</summary>
    public void Failed(string route, string kind) => _errors.AddOrUpdate((route, kind), 1, static (_, count) => count + 1);

    /// <summary>A customer learned how an order ended.</summary>
    public void Decided(OrderOutcome outcome, TimeSpan sincePlaced, TimeSpan sinceArrival)
    {
        Interlocked.Increment(ref outcome.Status == OrderOutcome.Settled ? ref _settled : ref _declined);
        if (!outcome.WasPushed)
            Interlocked.Increment(ref _polled);
        _placeToSettled.Record(sincePlaced);
        _arrivalToSettled.Record(sinceArrival);
    }

    /// <summary>A customer gave up waiting for an order that had been accepted.</summary>
    public void Unsettled()
    {
        Interlocked.Increment(ref _unsettled);
        Failed(ShopRoute.Place.Name, "unsettled");
    }

    /// <summary>The counts up to now.</summary>
    public LoadSnapshot Read() => new()
    {
        Elapsed = time.GetElapsedTime(_started),
        Arrivals = Volatile.Read(ref _arrivals),
        Dropped = Volatile.Read(ref _dropped),
        InFlight = Volatile.Read(ref _inFlight),
        Settled = Volatile.Read(ref _settled),
        Declined = Volatile.Read(ref _declined),
        Unsettled = Volatile.Read(ref _unsettled),
        Abandoned = Volatile.Read(ref _abandoned),
        LearnedByPolling = Volatile.Read(ref _polled),
        PlaceToSettled = _placeToSettled.Read(),
        ArrivalToSettled = _arrivalToSettled.Read(),
        Routes = [.. _routes.Select(route => route.Read())],
        Errors = [.. _errors.Select(error => new ErrorCount(error.Key.Route, error.Key.Kind, error.Value)).OrderByDescending(error => error.Count).ThenBy(error => error.Name, StringComparer.Ordinal)],
    };
}

/// <summary>How often one kind of error was seen.</summary>
internal sealed record ErrorCount(string Route, string Kind, long Count)
{
    public string Name => $"{Route}: {Kind}";
}

/// <summary>The counts at one moment.</summary>
internal sealed record LoadSnapshot
{
    public required TimeSpan Elapsed { get; init; }
    public required long Arrivals { get; init; }
    public required long Dropped { get; init; }
    public required long InFlight { get; init; }
    public required long Settled { get; init; }
    public required long Declined { get; init; }
    public required long Unsettled { get; init; }
    public required long Abandoned { get; init; }
    public required long LearnedByPolling { get; init; }

    /// <summary>From POST /orders to the status on the customer's socket, the generator's own lateness added.</summary>
    public required LatencyCounts PlaceToSettled { get; init; }

    /// <summary>From the moment the shopper was due to the status on the socket: log in and cart are in it.</summary>
    public required LatencyCounts ArrivalToSettled { get; init; }

    /// <summary>Answered requests by <see cref="ShopRoute.Index"/>.</summary>
    public required IReadOnlyList<LatencyCounts> Routes { get; init; }

    public required IReadOnlyList<ErrorCount> Errors { get; init; }

    public long Answered => Routes.Sum(route => route.Count);

    public long Failed => Errors.Sum(error => error.Count);
}
