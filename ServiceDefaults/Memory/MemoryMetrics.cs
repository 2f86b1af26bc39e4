using System.Diagnostics.Metrics;
using System.Globalization;
using Microsoft.Extensions.Hosting;

namespace Shop.ServiceDefaults.Memory;

/// <summary>
/// What .NET's own meter <c>System.Runtime</c> leaves out: the share of time that collections stop the process, the
/// allocation rate, what is alive, and the limits that the heap runs into. Collections per generation, pause time, heap and
/// fragmentation after the last collection per generation, and the working set are in <c>System.Runtime</c>.
/// </summary>
internal sealed class MemoryMetrics : BackgroundService
{
    public const string MeterName = "Shop.Memory";

    // Shares and rates cover this much time; shorter, a single collection would look like a storm.
    private const int WindowSeconds = 10;
    private static readonly TimeSpan SampleEvery = TimeSpan.FromSeconds(1);
    // The collector knows the limit of the memory group and of those around it, but shows only this part of it.
    private static readonly long ThresholdPercent = Convert.ToInt64(GC.GetConfigurationVariables()["GCHighMemPercent"], CultureInfo.InvariantCulture);
    private readonly TimeProvider _time;
    private readonly Meter _meter;
    private readonly Queue<Sample> _samples = new();

    public MemoryMetrics(IMeterFactory meters, TimeProvider time)
    {
        _time = time;
        // The factory owns and disposes the meter.
        _meter = meters.Create(MeterName);
        _meter.CreateObservableGauge("shop.gc.pause.share", () => Rate((first, last) => (last.Paused - first.Paused) / (last.At - first.At)), "1", "Share of the last 10 s in which collections stopped the process");
        _meter.CreateObservableGauge("shop.gc.allocation.rate", () => Rate((first, last) => (last.AllocatedBytes - first.AllocatedBytes) / (last.At - first.At).TotalSeconds), "By/s", "Bytes that the process allocated per second over the last 10 s");
        _meter.CreateObservableGauge("shop.memory.live", ObserveLive, "By", "What was alive after the last full blocking collection: a leak raises it, garbage does not");
        _meter.CreateObservableGauge("shop.memory.limit", ObserveLimits, "By", "What the heap may grow to, and what the process's memory group allows or, where it has no limit, the machine has");
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(SampleEvery, _time);
        do
            Take(new Sample(TimeSpan.FromTicks(_time.GetTimestamp() * TimeSpan.TicksPerSecond / _time.TimestampFrequency), GC.GetTotalPauseDuration(), GC.GetTotalAllocatedBytes(precise: false)));
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private void Take(Sample sample)
    {
        lock (_samples)
        {
            _samples.Enqueue(sample);
            if (_samples.Count > WindowSeconds + 1)
                _samples.Dequeue();
        }
    }

    // Nothing until there are two samples: a rate over no time is none.
    private IEnumerable<Measurement<double>> Rate(Func<Sample, Sample, double> of)
    {
        lock (_samples)
            return _samples.Count < 2 ? [] : [new(of(_samples.Peek(), _samples.Last()))];
    }

    // Nothing until there was one. The gaps between live objects are not live.
    private static IEnumerable<Measurement<long>> ObserveLive()
        => GC.GetGCMemoryInfo(GCKind.FullBlocking) is { Index: > 0 } last ? [new(last.HeapSizeBytes - last.FragmentedBytes)] : [];

    // Measured in a memory group of 200 MiB: the heap may take 150 MiB of it, and ResourceMonitoring reports the machine's 24 GB.
    private static IEnumerable<Measurement<long>> ObserveLimits()
    {
        var memory = GC.GetGCMemoryInfo(GCKind.Any);
        yield return new(memory.TotalAvailableMemoryBytes, new KeyValuePair<string, object?>("limit", "heap"));
        yield return new(memory.HighMemoryLoadThresholdBytes * 100 / ThresholdPercent, new KeyValuePair<string, object?>("limit", "group"));
    }

    private readonly record struct Sample(TimeSpan At, TimeSpan Paused, long AllocatedBytes);
}
