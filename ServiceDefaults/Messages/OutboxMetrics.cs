using System.Diagnostics.Metrics;
using Microsoft.EntityFrameworkCore;

namespace Shop.ServiceDefaults.Messages;

/// <summary>Publishes the delay of the outbox and its number of unpublished messages.</summary>
internal sealed class OutboxMetrics
{
    private readonly Meter _meter;
    private readonly Histogram<double> _delay;

    public OutboxMetrics(IMeterFactory meters)
    {
        _meter = meters.Create("Shop.Outbox");
        _delay = _meter.CreateHistogram<double>("shop.outbox.delay", "s", "Time from storing a message to the broker's confirmation");
    }

    public void Published(Type context, TimeSpan delay)
        => _delay.Record(delay.TotalSeconds, new KeyValuePair<string, object?>("context", context.Name));

    public void Observe<TContext>(Outbox<TContext> outbox) where TContext : DbContext
        => _meter.CreateObservableGauge(
            "shop.outbox.unpublished", () => outbox.Unpublished, "{message}", "Unpublished messages, counted at most once a second");
}
