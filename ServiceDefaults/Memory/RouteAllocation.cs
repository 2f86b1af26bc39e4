namespace Shop.ServiceDefaults.Memory;

/// <summary>The allocation per request of one route, during the last 30 to 60 s; guarded by <see cref="RouteAllocations"/>.</summary>
/// <param name="method">The HTTP method.</param>
/// <param name="route">The route's template: an id in the path would make a series of each request.</param>
internal sealed class RouteAllocation(string method, string route)
{
    // A single large upload among few requests is not a costly route.
    private const int MinRequests = 5;
    private readonly WarningCondition _isHigh = new(enter: 10_000_000, leave: 8_000_000);
    private (long Requests, double Bytes) _current;
    private (long Requests, double Bytes) _previous;

    public string Method { get; } = method;

    public string Route { get; } = route;

    /// <summary>The requests of the window.</summary>
    public long Requests => _current.Requests + _previous.Requests;

    /// <summary>The mean per request of the window, in bytes; 0 without requests.</summary>
    public long MeanBytes => Requests == 0 ? 0 : (long)((_current.Bytes + _previous.Bytes) / Requests);

    public void Add(double bytes) => _current = (_current.Requests + 1, _current.Bytes + bytes);

    /// <summary>Drops the older half of the window.</summary>
    public void Rotate() => (_previous, _current) = (_current, default);

    /// <summary>Whether the mean has become high; few requests change nothing.</summary>
    public bool EntersHigh() => Requests >= MinRequests && _isHigh.Enters(MeanBytes);
}
