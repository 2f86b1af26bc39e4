using System.Diagnostics.Metrics;

namespace Shop.Sessions.ActivityLog;

/// <summary>Publishes the number of changes that the activity log has lost.</summary>
internal sealed class ActivityLogMetrics
{
    private readonly Meter _meter;
    private readonly Counter<long> _dropped;

    public ActivityLogMetrics(IMeterFactory meters)
    {
        // The factory owns and disposes the meter.
        _meter = meters.Create("Shop.Sessions");
        _dropped = _meter.CreateCounter<long>(
            "shop.sessions.activity.dropped", "{change}", "Cart changes that the activity log lacks, because it was too slow or away");
    }

    public void Dropped(long changes) => _dropped.Add(changes);
}
