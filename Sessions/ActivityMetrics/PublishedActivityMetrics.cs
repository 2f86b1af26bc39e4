using System.Diagnostics.CodeAnalysis;
using Shop.ServiceDefaults.Cases;

namespace Shop.Sessions.ActivityMetrics;

/// <summary>
/// The article's fix: at most 10,000 points for each name, and every minute a sweep that removes what is older than a week, and
/// downsampling. It bounds the points of a name, but retains what it removes, and removes what was to be kept.
/// </summary>
internal sealed class PublishedActivityMetrics : IActivityMetrics, ICaseState, IDisposable
{
    private const int MinDownsampled = 1_000;
    private static readonly TimeSpan SweepInterval = TimeSpan.FromMinutes(1);

    private readonly ReaderWriterLockSlim _lock = new();
    // DEFECT: nothing limits the number of series, each of which begins with an array for 1,000 points.
    private readonly Dictionary<string, MetricSeries> _series = [];
    private readonly int _maxPoints;
    private readonly TimeProvider _time;
    private readonly ITimer _sweep;

    public PublishedActivityMetrics(IConfiguration configuration, TimeProvider time)
    {
        // DEFECT: a limit of points is not one of time: with an activity each second, 10,000 are 2.8 hours and not 24.
        _maxPoints = configuration.CapacityOf(ActivityMetricsCase.Study, 10_000);
        _time = time;
        _sweep = time.CreateTimer(_ => SweepAndDownsample(), null, SweepInterval, SweepInterval);
    }

    public long HeldItems => All().Sum(series => (long)series.Count);

    public void Reset()
    {
        _lock.EnterWriteLock();
        _series.Clear();
        _lock.ExitWriteLock();
    }

    [SuppressMessage("Memory", "SHOP1010", Justification = "The published fix replaces a series of another request.")]
    public void Record(string metric, string? sku)
    {
        var series = Find(metric);
        var point = MetricPoint.Of(_time.GetUtcNow(), sku);
        if (series is null)
        {
            series = new MetricSeries();
            _lock.EnterWriteLock();
            // DEFECT: another request may have added the series since it was looked for: this replaces it, and its points are lost.
            _series[metric] = series;
            _lock.ExitWriteLock();
        }
        lock (series)
        {
            // DEFECT: the series is that of the name, whatever the tags: the points of a busy product displace those of the others.
            series.Append(point);
            series.RemoveFirst(Math.Max(0, series.Points.Count - _maxPoints));
        }
    }

    public ActivityReading Read(string metric, string? sku, DateTimeOffset from, DateTimeOffset to)
    {
        var counts = new MinuteCounts(from, to);
        foreach (var point in Find(metric)?.Copy() ?? [])
        {
            if (point.Concerns(sku))
                counts.Add(point.Timestamp.ToUnixTimeSeconds(), point.Value);
        }
        return new ActivityReading(counts.Points);
    }

    /// <summary>Removes the points that are too old, then the series without points.</summary>
    internal void Sweep()
    {
        var cutoff = _time.GetUtcNow() - ActivityMetric.Retention;
        _lock.EnterWriteLock();
        foreach (var (metric, series) in _series)
        {
            lock (series)
            {
                // DEFECT: without a recent point this is -1, as if there were nothing to remove: an idle series is kept forever.
                var firstRecent = Array.FindIndex([.. series.Points], point => point.Timestamp > cutoff);
                if (firstRecent > 0)
                    series.RemoveFirst(firstRecent);
                if (series.Points.Count == 0)
                    _series.Remove(metric);
            }
        }
        _lock.ExitWriteLock();
    }

    /// <summary>Keeps all points of an hour, each 10th of a day and each 100th of a week.</summary>
    internal void Downsample()
    {
        foreach (var series in All())
        {
            var points = series.Points;
            if (points.Count < MinDownsampled)
                continue;
            var now = _time.GetUtcNow();
            // DEFECT: the positions are those that the last run left, so that each run keeps the 10th part of the 10th part.
            var kept = points.Where((point, index) => (now - point.Timestamp) switch
            {
                var age when age < TimeSpan.FromHours(1) => true,
                var age when age < TimeSpan.FromDays(1) => index % 10 == 0,
                var age => age < TimeSpan.FromDays(7) && index % 100 == 0,
            });
            // DEFECT: without the lock of the series: a point that was added since it was read is lost.
            series.Points = kept.ToArray();
        }
    }

    public void Dispose()
    {
        _sweep.Dispose();
        _lock.Dispose();
    }

    private void SweepAndDownsample()
    {
        Sweep();
        Downsample();
    }

    private MetricSeries? Find(string metric)
    {
        _lock.EnterReadLock();
        var series = _series.GetValueOrDefault(metric);
        _lock.ExitReadLock();
        return series;
    }

    private MetricSeries[] All()
    {
        _lock.EnterReadLock();
        var all = _series.Values.ToArray();
        _lock.ExitReadLock();
        return all;
    }

    /// <summary>Points in a part of an array, as a slice of Go.</summary>
    private sealed class MetricSeries
    {
        public ArraySegment<MetricPoint> Points { get; set; } = new(new MetricPoint[1_000], 0, 0);

        public int Count
        {
            get
            {
                lock (this)
                    return Points.Count;
            }
        }

        public MetricPoint[] Copy()
        {
            lock (this)
                return [.. Points];
        }

        public void Append(MetricPoint point)
        {
            if (Points.Offset + Points.Count == Points.Array!.Length)
                Points = new ArraySegment<MetricPoint>([.. Points, .. new MetricPoint[Points.Count]], 0, Points.Count);
            Points = new ArraySegment<MetricPoint>(Points.Array!, Points.Offset, Points.Count + 1);
            Points.AsSpan()[^1] = point;
        }

        [SuppressMessage("Memory", "SHOP7002", Justification = "The published fix, with its defect.")]
        // DEFECT: a slice keeps the whole array: the points before it stay in memory until points are added up to the array's end.
        public void RemoveFirst(int count) => Points = Points[count..];
    }
}
