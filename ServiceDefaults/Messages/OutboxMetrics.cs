using System.Diagnostics.Metrics;

namespace Shop.ServiceDefaults.Messages;

/// <summary>How fast messages leave the outbox, and how many wait.</summary>
internal sealed class OutboxMetrics
{
    private readonly Meter _meter;
    private readonly Histogram<double> _delay;

    public OutboxMetrics(IMeterFactory meters)
    {
        _meter = meters.Create("Shop.Outbox");
        _delay = _meter.CreateHistogram<double>("shop.outbox.delay", "s", "From storing a message to the bus's confirmation.");
    }

    public void Published(Type context, TimeSpan delay) => _delay.Record(delay.TotalSeconds, new KeyValuePair<string, object?>("context", context.Name));

    public void Observe<TContext>(Outbox<TContext> outbox) where TContext : Microsoft.EntityFrameworkCore.DbContext
        => _meter.CreateObservableGauge("shop.outbox.unpublished", () => outbox.Unpublished, "{message}", "Messages that waited when last counted.");
}
