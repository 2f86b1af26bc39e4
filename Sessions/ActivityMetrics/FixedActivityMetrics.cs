using Shop.ServiceDefaults.Cases;

namespace Shop.Sessions.ActivityMetrics;

/// <summary>
/// Bounded by 1,000 series, the metrics' totals among them, of at most 19,440 samples each: running totals, one for each second of
/// the last hour, each ten seconds of a day and each hundred of a week. A series is removed a week after its last activity.
/// </summary>
internal sealed class FixedActivityMetrics : IActivityMetrics, ICaseState, IDisposable
{
    private static readonly TimeSpan SweepInterval = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<(string Metric, string? Sku), SampledSeries> _series = [];
    private readonly int _maxSeries;
    private readonly TimeProvider _time;
    private readonly ITimer _sweep;

    public FixedActivityMetrics(IConfiguration configuration, TimeProvider time)
    {
        _maxSeries = configuration.CapacityOf(ActivityMetricsCase.Study, 1_000);
        _time = time;
        AddTotals();
        _sweep = time.CreateTimer(_ => Sweep(), null, SweepInterval, SweepInterval);
    }

    public long HeldItems
    {
        get
        {
            lock (_lock)
                return _series.Values.Sum(series => (long)series.Count);
        }
    }

    public void Reset()
    {
        lock (_lock)
        {
            _series.Clear();
            AddTotals();
        }
    }

    public void Record(string metric, string? sku)
    {
        lock (_lock)
        {
            var now = _time.GetUtcNow().ToUnixTimeSeconds();
            FindOrAdd(metric, null)?.Add(now);
            // A product without a series of its own is in the total only.
            if (sku is not null)
                FindOrAdd(metric, sku)?.Add(now);
        }
    }

    public ActivityReading Read(string metric, string? sku, DateTimeOffset from, DateTimeOffset to)
    {
        SeriesSnapshot snapshot;
        lock (_lock)
        {
            if (!_series.TryGetValue((metric, sku), out var series))
                return new ActivityReading([], IsFull ? UntilNextRemoval : null);
            snapshot = series.Snapshot();
        }
        // Outside the lock: a week's samples take longer than an activity should wait.
        var counts = new MinuteCounts(from, to);
        snapshot.AddTo(counts);
        return new ActivityReading(counts.Points);
    }

    /// <summary>Removes the series without an activity for a week; called by the timer.</summary>
    internal void Sweep()
    {
        lock (_lock)
        {
            foreach (var (key, series) in _series)
            {
                if (RemovalOf(series) <= _time.GetUtcNow())
                    _series.Remove(key);
            }
            AddTotals();
        }
    }

    public void Dispose() => _sweep.Dispose();

    private bool IsFull => _series.Count >= _maxSeries;

    private TimeSpan UntilNextRemoval
        => _series.Where(series => series.Key.Sku is not null).Select(series => RemovalOf(series.Value))
            .DefaultIfEmpty(_time.GetUtcNow() + ActivityMetric.Retention).Min() - _time.GetUtcNow() + SweepInterval;

    private SampledSeries? FindOrAdd(string metric, string? sku)
    {
        if (_series.TryGetValue((metric, sku), out var series))
            return series;
        // FIX: a series has rings of a fixed size, and the number of series is limited: whatever customers do, this is all there is.
        return IsFull ? null : _series[(metric, sku)] = new SampledSeries();
    }

    // Before any product can take the room.
    private void AddTotals()
    {
        foreach (var metric in ActivityMetric.All)
            _series.TryAdd((metric, null), new SampledSeries());
    }

    private static DateTimeOffset RemovalOf(SampledSeries series)
        => DateTimeOffset.FromUnixTimeSeconds(series.LatestSecond) + ActivityMetric.Retention;
}
