using System.Diagnostics.CodeAnalysis;
using Shop.ServiceDefaults.Cases;

namespace Shop.Sessions.ActivityMetrics;

/// <summary>
/// <c>static LeakyActivityMetrics._metrics → List&lt;MetricPoint&gt; → MetricPoint.Tags → Dictionary&lt;String, String&gt;</c>: each
/// activity since the process started.
/// </summary>
internal sealed class LeakyActivityMetrics(TimeProvider time) : IActivityMetrics, ICaseState
{
    private static readonly Lock _lock = new();
    private static readonly Dictionary<string, List<MetricPoint>> _metrics = [];

    public long HeldItems
    {
        get
        {
            lock (_lock)
                return _metrics.Values.Sum(points => (long)points.Count);
        }
    }

    public void Reset()
    {
        lock (_lock)
            _metrics.Clear();
    }

    [SuppressMessage("Memory", "SHOP1001", Justification = "The incident: 86 million points a day.")]
    public void Record(string metric, string? sku)
    {
        lock (_lock)
        {
            if (!_metrics.TryGetValue(metric, out var points))
                _metrics[metric] = points = [];
            // LEAK: nothing removes a point, so the list has one for each activity since the start, and each query reads all of them.
            points.Add(MetricPoint.Of(time.GetUtcNow(), sku));
        }
    }

    public ActivityReading Read(string metric, string? sku, DateTimeOffset from, DateTimeOffset to)
    {
        var counts = new MinuteCounts(from, to);
        lock (_lock)
        {
            foreach (var point in _metrics.GetValueOrDefault(metric) ?? [])
            {
                if (point.Concerns(sku))
                    counts.Add(point.Timestamp.ToUnixTimeSeconds(), point.Value);
            }
        }
        return new ActivityReading(counts.Points);
    }
}
