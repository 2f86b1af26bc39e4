using System.Diagnostics.Metrics;

namespace Shop.ServiceDefaults.Cases;

/// <summary>
/// Runs the full collections that the lab induces, and counts them in <c>shop.gc.induced</c>: they are no sign of memory pressure, and
/// .NET's own counter does not tell them from the others.
/// </summary>
internal sealed class InducedCollections
{
    public const string Counter = "shop.gc.induced";
    private readonly Meter _meter;
    private readonly Counter<long> _collections;

    public InducedCollections(IMeterFactory meters)
    {
        // The factory owns and disposes the meter.
        _meter = meters.Create(CaseMetrics.MeterName);
        _collections = _meter.CreateCounter<long>(Counter, "{collection}", "Full collections that the lab has induced");
    }

    /// <summary>
    /// Publishes 0, once the counter's readers have started: a counter that begins with its first collection has no increase.
    /// </summary>
    public void Start() => _collections.Add(0);

    /// <summary>Collects all generations and waits for the end.</summary>
    /// <param name="compacting">Whether the heap is compacted; otherwise the collector decides.</param>
    public void Collect(bool compacting)
    {
        // Counted first: a scrape in between must not see the collection alone.
        _collections.Add(1);
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting);
    }
}
