using System.Diagnostics.Metrics;

namespace Shop.ServiceDefaults.Telemetry;

/// <summary>
/// Publishes values that can decrease as UpDownCounters under the same names if their library declares a Counter, which exporters treat as
/// monotonic: Prometheus received a decreasing <c>…_total</c>. This affects .NET 10's thread pool and the messages in progress of
/// MassTransit 8.5. Remove each replacement when a later version of the library corrects the instrument.
/// </summary>
internal static class UpDownCounters
{
    private const string Runtime = "System.Runtime";
    private const string MassTransit = "MassTransit";
    private const string Threads = "dotnet.thread_pool.thread.count";
    private const string QueueLength = "dotnet.thread_pool.queue.length";
    private static readonly Lock Starting = new();
    private static MeterListener? _listener;
    private static Meter? _runtime;
    private static Meter? _massTransit;

    /// <summary>Starts publishing, once per process: the original instruments are also per process.</summary>
    public static void Publish()
    {
        lock (Starting)
        {
            if (_listener is not null)
                return;
            _runtime = new Meter(Runtime);
            _runtime.CreateObservableUpDownCounter(Threads, () => ThreadPool.ThreadCount, "{thread}", "Threads of the thread pool");
            _runtime.CreateObservableUpDownCounter(
                QueueLength, () => ThreadPool.PendingWorkItemCount, "{work_item}", "Work items in the queue of the thread pool");
            _massTransit = new Meter(MassTransit);
            _listener = new MeterListener { InstrumentPublished = Follow };
            _listener.SetMeasurementEventCallback<long>(static (_, value, tags, active) => ((UpDownCounter<long>)active!).Add(value, tags));
            _listener.Start();
        }
    }

    /// <summary>Whether an instrument is an original, which must not be exported beside its replacement.</summary>
    public static bool IsReplaced(Instrument instrument) => instrument switch
    {
        ObservableCounter<int> or ObservableCounter<long> => instrument.Meter.Name == Runtime && instrument.Name is Threads or QueueLength,
        Counter<long> => instrument.Meter.Name == MassTransit && instrument.Name.EndsWith(".active", StringComparison.Ordinal),
        _ => false,
    };

    private static void Follow(Instrument instrument, MeterListener listener)
    {
        if (instrument is not Counter<long> || !IsReplaced(instrument))
            return;
        var replacement = _massTransit!.CreateUpDownCounter<long>(instrument.Name, instrument.Unit, instrument.Description);
        listener.EnableMeasurementEvents(instrument, replacement);
    }
}
