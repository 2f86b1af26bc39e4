using System.Diagnostics.Metrics;

namespace Shop.ServiceDefaults.Forecast;

/// <summary>
/// Follows the live bytes after each collection of generation 2, and publishes what the detector says of them.
/// </summary>
internal sealed class HeapTrend
{
    public const string MeterName = "Shop.Forecast";
    private static readonly HeapVerdict[] Verdicts = Enum.GetValues<HeapVerdict>();
    private readonly LeakDetector _detector = new();
    private readonly TimeProvider _time;
    private readonly Meter _meter;
    private readonly long _start;
    private long _lastIndex;

    public HeapTrend(IMeterFactory meters, TimeProvider time)
    {
        _time = time;
        _start = time.GetTimestamp();
        // The factory owns and disposes the meter.
        _meter = meters.Create(MeterName);
        _meter.CreateObservableGauge("shop.memory.verdict", ObserveVerdict, description:
            "1 for what the live bytes after the collections of generation 2 say, 0 for the others");
        _meter.CreateObservableGauge("shop.memory.trend", ObserveTrend, "By/s",
            "Trend of the live bytes after the collections of generation 2, with its 95 % interval");
        _meter.CreateObservableGauge("shop.memory.limit.time", ObserveTime, "s",
            "Time until a leak reaches the heap's limit, with its 95 % interval; only while there is one");
    }

    /// <summary>What the detector said after the last collection.</summary>
    public HeapForecast Forecast { get; private set; } = new(HeapVerdict.NotEnoughData, 0, null, null, null);

    /// <summary>The last collection that was judged; null before the first.</summary>
    public HeapPoint? Last { get; private set; }

    /// <summary>The maximum size of the heap, in bytes.</summary>
    public static long LimitBytes => GC.GetGCMemoryInfo(GCKind.Any).TotalAvailableMemoryBytes;

    /// <summary>Judges the last collection of generation 2, unless it has been judged already.</summary>
    public void Look()
    {
        var (full, background) = (GC.GetGCMemoryInfo(GCKind.FullBlocking), GC.GetGCMemoryInfo(GCKind.Background));
        var last = full.Index > background.Index ? full : background;
        if (last.Index <= _lastIndex)
            return;
        _lastIndex = last.Index;
        var point = new HeapPoint(_time.GetElapsedTime(_start).TotalSeconds, LiveBytes(last));
        Forecast = _detector.Add(point, last.TotalAvailableMemoryBytes);
        Last = point;
    }

    // Without generations 0 and 1: a background collection leaves them as they are.
    private static long LiveBytes(GCMemoryInfo collection)
    {
        var bytes = 0L;
        var generations = collection.GenerationInfo;
        for (var generation = GC.MaxGeneration; generation < generations.Length; generation++)
            bytes += generations[generation].SizeAfterBytes - generations[generation].FragmentationAfterBytes;
        return bytes;
    }

    private IEnumerable<Measurement<int>> ObserveVerdict()
    {
        var verdict = Forecast.Verdict;
        return Verdicts.Select(each
            => new Measurement<int>(each == verdict ? 1 : 0, new KeyValuePair<string, object?>("verdict", each.ToString())));
    }

    private IEnumerable<Measurement<double>> ObserveTrend()
        => Forecast.Trend is { } trend ? Bounds(trend.Slope, trend.Low, trend.High) : [];

    private IEnumerable<Measurement<double>> ObserveTime()
        => Forecast.TimeToLimit is { } time ? Bounds(time.Seconds, time.Low, time.High ?? double.PositiveInfinity) : [];

    private static IEnumerable<Measurement<double>> Bounds(double estimate, double lower, double upper) =>
    [
        new(estimate, new KeyValuePair<string, object?>("bound", "estimate")),
        new(lower, new KeyValuePair<string, object?>("bound", "lower")),
        new(upper, new KeyValuePair<string, object?>("bound", "upper")),
    ];
}
