using System.Diagnostics.Metrics;

namespace Shop.ServiceDefaults.Telemetry;

/// <summary>
/// Publishes values that rise and fall as UpDownCounters where their library declares a Counter, which exporters take as ever rising: Prometheus got a
/// <c>…_total</c> that falls. The names stay. .NET 10's thread pool and MassTransit 8.5's work in progress are declared so; remove what a later version mends.
/// </summary>
internal static class FallingCounters
{
    private const string Runtime = "System.Runtime";
    private const string MassTransit = "MassTransit";
    private const string Threads = "dotnet.thread_pool.thread.count";
    private const string QueueLength = "dotnet.thread_pool.queue.length";
    private static readonly Lock Starting = new();
    private static MeterListener? _listener;
    private static Meter? _runtime;
    private static Meter? _massTransit;

    /// <summary>Starts publishing, once in the process: the original instruments are the process's too.</summary>
    public static void Publish()
    {
        lock (Starting)
        {
            if (_listener is not null)
                return;
            _runtime = new Meter(Runtime);
            _runtime.CreateObservableUpDownCounter(Threads, () => ThreadPool.ThreadCount, "{thread}", "Threads of the thread pool");
            _runtime.CreateObservableUpDownCounter(QueueLength, () => ThreadPool.PendingWorkItemCount, "{work_item}", "Work items that wait for the thread pool");
            _massTransit = new Meter(MassTransit);
            _listener = new MeterListener { InstrumentPublished = Follow };
            _listener.SetMeasurementEventCallback<long>(static (_, value, tags, active) => ((UpDownCounter<long>)active!).Add(value, tags));
            _listener.Start();
        }
    }

    /// <summary>Whether an instrument is one of the originals, which must not be exported beside its replacement.</summary>
    public static bool IsReplaced(Instrument instrument) => instrument switch
    {
        ObservableCounter<int> or ObservableCounter<long> => instrument.Meter.Name == Runtime && instrument.Name is Threads or QueueLength,
        Counter<long> => instrument.Meter.Name == MassTransit && instrument.Name.EndsWith(".active", StringComparison.Ordinal),
        _ => false,
    };

    private static void Follow(Instrument instrument, MeterListener listener)
    {
        if (instrument is Counter<long> && IsReplaced(instrument))
            listener.EnableMeasurementEvents(instrument, _massTransit!.CreateUpDownCounter<long>(instrument.Name, instrument.Unit, instrument.Description));
    }
}
