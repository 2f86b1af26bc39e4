using System.Diagnostics.Metrics;
using System.Globalization;

namespace Shop.ServiceDefaults.Memory;

/// <summary>
/// Publishes the metrics that .NET's meter <c>System.Runtime</c> lacks: the share of time in GC pauses, the allocation rate,
/// the live bytes, and the memory limits. <c>System.Runtime</c> has the collections per generation, the pause time, the heap
/// size and fragmentation per generation after the last collection, and the working set.
/// </summary>
internal sealed class MemoryMetrics
{
    public const string MeterName = "Shop.Memory";

    // The window of shares and rates: in a shorter one, a single collection would dominate the share.
    private const int WindowSeconds = 10;
    // The GC knows the memory limit of the cgroup and its parents, but exposes only this percentage of it.
    private static readonly long ThresholdPercent =
        Convert.ToInt64(GC.GetConfigurationVariables()["GCHighMemPercent"], CultureInfo.InvariantCulture);
    private readonly TimeProvider _time;
    private readonly Meter _meter;
    private readonly Queue<MemoryReading> _readings = new();
    private readonly ControlGroup? _group = ControlGroup.Find();

    public MemoryMetrics(IMeterFactory meters, TimeProvider time)
    {
        _time = time;
        // The factory owns and disposes the meter.
        _meter = meters.Create(MeterName);
        _meter.CreateObservableGauge(
            "shop.gc.pause.share", () => Rate(PauseShare), "1", "Share of the last 10 s that was spent in GC pauses");
        _meter.CreateObservableGauge("shop.gc.allocation.rate", () => Rate(AllocationRate), "By/s",
            "Bytes allocated per second during the last 10 s");
        _meter.CreateObservableGauge("shop.memory.live", ObserveLive, "By",
            "Live bytes after the last full blocking collection: a leak increases them, garbage does not");
        _meter.CreateObservableGauge("shop.memory.group.usage", ObserveGroup, "By",
            "Memory of the control group whose limit binds, without the page cache that was not used recently");
        _meter.CreateObservableGauge("shop.memory.limit", ObserveLimits, "By",
            "Maximum size of the heap, and the memory limit of the process's cgroup or, without one, the memory of the machine");
    }

    /// <summary>Adds the reading of a second.</summary>
    public void Add(MemoryReading reading)
    {
        lock (_readings)
        {
            _readings.Enqueue(reading);
            if (_readings.Count > WindowSeconds + 1)
                _readings.Dequeue();
        }
    }

    private double PauseShare(MemoryReading first, MemoryReading last)
        => (last.Paused - first.Paused) / _time.GetElapsedTime(first.Timestamp, last.Timestamp);

    private double AllocationRate(MemoryReading first, MemoryReading last)
        => (last.AllocatedBytes - first.AllocatedBytes) / _time.GetElapsedTime(first.Timestamp, last.Timestamp).TotalSeconds;

    // A rate needs two readings.
    private IEnumerable<Measurement<double>> Rate(Func<MemoryReading, MemoryReading, double> of)
    {
        lock (_readings)
            return _readings.Count < 2 ? [] : [new(of(_readings.Peek(), _readings.Last()))];
    }

    // No value before the first such collection. Fragmentation, the gaps between live objects, is not live.
    private static IEnumerable<Measurement<long>> ObserveLive()
        => GC.GetGCMemoryInfo(GCKind.FullBlocking) is { Index: > 0 } last ? [new(last.HeapSizeBytes - last.FragmentedBytes)] : [];

    private IEnumerable<Measurement<long>> ObserveGroup() => _group?.ReadWorkingSet() is { } bytes ? [new(bytes)] : [];

    // Not ResourceMonitoring: in a cgroup of 200 MiB, where the heap is limited to 150 MiB, it reports the machine's 24 GB.
    private static IEnumerable<Measurement<long>> ObserveLimits()
    {
        var memory = GC.GetGCMemoryInfo(GCKind.Any);
        yield return new(memory.TotalAvailableMemoryBytes, new KeyValuePair<string, object?>("limit", "heap"));
        // The threshold is rounded down.
        var group = ((memory.HighMemoryLoadThresholdBytes * 100) + ThresholdPercent - 1) / ThresholdPercent;
        yield return new(group, new KeyValuePair<string, object?>("limit", "group"));
    }
}
