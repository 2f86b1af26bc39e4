using System.Diagnostics.Metrics;

namespace Shop.ServiceDefaults.Cases;

/// <summary>
/// Publishes the active variants, the number of items that they hold, and the trips of the fuses; none of it of a case that a drill hides.
/// An exporter drops a series that is not observed.
/// </summary>
internal sealed class CaseMetrics
{
    public const string MeterName = "Shop.Cases";
    private readonly ICaseSwitch[] _switches;
    private readonly Meter _meter;
    private readonly Counter<long> _trips;

    public CaseMetrics(IMeterFactory meters, IEnumerable<ICaseSwitch> switches)
    {
        _switches = [.. switches];
        // The factory owns and disposes the meter.
        _meter = meters.Create(MeterName);
        _meter.CreateObservableGauge("shop.case.variant", ObserveVariants, description: "1 for the active variant, 0 for the others");
        _meter.CreateObservableGauge("shop.case.held", ObserveHeld, unit: "{item}", description: "Items that the case's variants hold");
        _trips = _meter.CreateCounter<long>("shop.case.fuse.trips", unit: "{trip}", description: "Trips of the case's fuse");
    }

    public void Tripped(CaseStudy study) => _trips.Add(1, new KeyValuePair<string, object?>("case", study.Id));

    private IEnumerable<Measurement<int>> ObserveVariants()
        => from @case in _switches
           let active = @case.Variant
           // Asked last: the case may have been hidden and switched meanwhile.
           where !@case.IsHidden
           from variant in @case.Study.Variants
           select new Measurement<int>(active == variant ? 1 : 0, new("case", @case.Study.Id), new("variant", variant.Name()));

    private IEnumerable<Measurement<long>> ObserveHeld()
        => from @case in _switches
           let held = @case.HeldItems
           where !@case.IsHidden
           select new Measurement<long>(held, new KeyValuePair<string, object?>("case", @case.Study.Id));
}
