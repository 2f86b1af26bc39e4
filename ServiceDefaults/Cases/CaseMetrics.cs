using System.Diagnostics.Metrics;

namespace Shop.ServiceDefaults.Cases;

/// <summary>
/// Publishes the active variants, the number of items that they hold, and the trips of the fuses. While a drill hides the cases there are no
/// gauges: an exporter would repeat the last value of one that is merely not observed.
/// </summary>
internal sealed class CaseMetrics : IDisposable
{
    public const string MeterName = "Shop.Cases";
    private readonly ICaseSwitch[] _switches;
    private readonly IMeterFactory _meters;
    private readonly Meter _meter;
    private readonly Counter<long> _trips;
    private Meter? _gauges;

    public CaseMetrics(IMeterFactory meters, IEnumerable<ICaseSwitch> switches)
    {
        _switches = [.. switches];
        _meters = meters;
        // The factory owns and disposes the meter.
        _meter = meters.Create(MeterName);
        _trips = _meter.CreateCounter<long>("shop.case.fuse.trips", unit: "{trip}", description: "Trips of the case's fuse");
        Show();
    }

    public void Tripped(CaseStudy study) => _trips.Add(1, new KeyValuePair<string, object?>("case", study.Id));

    /// <summary>Publishes the gauges.</summary>
    public void Show()
    {
        Hide();
        // Not one of the factory's, which live as long as the factory.
        _gauges = new Meter(new MeterOptions(MeterName) { Scope = _meters });
        _gauges.CreateObservableGauge("shop.case.variant", ObserveVariants, description: "1 for the active variant, 0 for the others");
        _gauges.CreateObservableGauge("shop.case.held", ObserveHeld, unit: "{item}", description: "Items that the case's variants hold");
    }

    /// <summary>Publishes the gauges no more.</summary>
    public void Hide() => _gauges?.Dispose();

    public void Dispose() => Hide();

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
