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
    private long _arrivals, _dropped, _inFlight, _settled, _declined, _unsettled, _abandoned, _polled, _answered;

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
    public void Answered(ShopRoute route, TimeSpan duration)
    {
        Interlocked.Increment(ref _answered);
        _routes[route.Index].Record(duration);
    }

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
    public LoadReading Read() => new()
    {
        Elapsed = time.GetElapsedTime(_started),
        Arrivals = Volatile.Read(ref _arrivals),
        Dropped = Volatile.Read(ref _dropped),
        InFlight = Volatile.Read(ref _inFlight),
        Answered = Volatile.Read(ref _answered),
        Settled = Volatile.Read(ref _settled),
        Declined = Volatile.Read(ref _declined),
        Unsettled = Volatile.Read(ref _unsettled),
        Abandoned = Volatile.Read(ref _abandoned),
        LearnedByPolling = Volatile.Read(ref _polled),
        PlaceToSettled = _placeToSettled.Read(),
        Errors =
        [
            .. _errors.Select(error => new ErrorCount(error.Key.Route, error.Key.Kind, error.Value))
                .OrderByDescending(error => error.Count).ThenBy(error => error.Name, StringComparer.Ordinal),
        ],
    };

    /// <summary>The counts up to now, with those that only the end of a load shows: they are ten times as large.</summary>
    public LoadSnapshot ReadAll() => new(Read(), _arrivalToSettled.Read(), [.. _routes.Select(route => route.Read())]);
}
