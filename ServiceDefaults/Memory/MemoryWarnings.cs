using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;

namespace Shop.ServiceDefaults.Memory;

/// <summary>
/// Warns of memory: as a log line and in the counter <c>shop.memory.warnings</c>, once each time that a condition is entered.
/// </summary>
internal sealed partial class MemoryWarnings
{
    public const string Counter = "shop.memory.warnings";
    public const string BurstKind = "gen2_burst";
    public const string RateKind = "gen2_rate";
    public const string HeapKind = "heap_limit";
    public const string RouteKind = "route_allocation";

    private const int BurstCollections = 5;
    private const int RateCollections = 10;
    private const double HeapShare = 0.8;
    private static readonly TimeSpan BurstWindow = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan RateWindow = TimeSpan.FromMinutes(1);

    private readonly RouteAllocations _routes;
    private readonly ILogger<MemoryWarnings> _logger;
    private readonly Meter _meter;
    private readonly Counter<long> _warnings;
    private readonly CollectionWindow _burst;
    private readonly CollectionWindow _rate;
    private readonly WarningCondition _isBurst = new(BurstCollections, leave: 2);
    private readonly WarningCondition _isRate = new(RateCollections, leave: 7);
    private readonly WarningCondition _isFull = new(HeapShare, leave: 0.7);

    public MemoryWarnings(RouteAllocations routes, IMeterFactory meters, TimeProvider time, ILogger<MemoryWarnings> logger)
    {
        (_routes, _logger) = (routes, logger);
        _burst = new(BurstWindow, time);
        _rate = new(RateWindow, time);
        // The factory owns and disposes the meter.
        _meter = meters.Create(MemoryMetrics.MeterName);
        _warnings = _meter.CreateCounter<long>(
            Counter, "{warning}", "Warnings of memory by kind, each counted when its condition is entered");
    }

    /// <summary>
    /// Publishes the counters, once their readers have started: a counter that begins with its first warning has no increase.
    /// </summary>
    public void Start()
    {
        foreach (var kind in (string[])[BurstKind, RateKind, HeapKind, RouteKind])
            _warnings.Add(0, new KeyValuePair<string, object?>("kind", kind));
    }

    /// <summary>Judges the reading of a second, and the routes.</summary>
    public void Check(MemoryReading reading)
    {
        var burst = _burst.Add(reading);
        if (_isBurst.Enters(burst))
        {
            Count(BurstKind);
            LogBurst(burst, BurstWindow.TotalSeconds);
        }
        var rate = _rate.Add(reading);
        if (_isRate.Enters(rate))
        {
            Count(RateKind);
            LogRate(rate);
        }
        var share = reading.HeapBytes / (double)reading.HeapLimitBytes;
        if (_isFull.Enters(share))
        {
            Count(HeapKind);
            LogHeap(share, reading.HeapBytes, reading.HeapLimitBytes);
        }
        foreach (var route in _routes.EnterHigh())
        {
            Count(RouteKind);
            LogRoute(route.Method, route.Route, route.MeanBytes, route.Requests);
        }
    }

    private void Count(string kind) => _warnings.Add(1, new KeyValuePair<string, object?>("kind", kind));

    [LoggerMessage(LogLevel.Warning, "{Collections} collections of generation 2 in {Seconds} s")]
    private partial void LogBurst(int collections, double seconds);

    [LoggerMessage(LogLevel.Warning, "{Collections} collections of generation 2 in a minute")]
    private partial void LogRate(int collections);

    [LoggerMessage(LogLevel.Warning, "The heap is at {Share:P0} of its limit: {HeapBytes} of {LimitBytes} bytes")]
    private partial void LogHeap(double share, long heapBytes, long limitBytes);

    [LoggerMessage(LogLevel.Warning,
        "While a request {Method} {Route} ran, the process allocated {MeanBytes} bytes for it in the mean of {Requests} requests")]
    private partial void LogRoute(string method, string route, long meanBytes, long requests);
}
