using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Http;
using Shop.ServiceDefaults.Telemetry;

namespace Shop.ServiceDefaults.Cases;

/// <summary>
/// Counts this host's requests and their durations by ASP.NET's own instrument, in which neither probes nor the lab's routes are.
/// </summary>
internal sealed class RequestTimes : IDisposable
{
    private const string Duration = "http.server.request.duration";
    private const string Status = "http.response.status_code";
    private readonly LatencyHistogram _durations = new();
    private readonly MeterListener _listener = new();
    private long _failures;

    public RequestTimes(IMeterFactory meters)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name == Duration && instrument.Meter.Scope == meters)
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<double>(Record);
        _listener.Start();
    }

    /// <summary>Those answered with 5xx.</summary>
    public long Failures => Volatile.Read(ref _failures);

    /// <summary>The durations up to now.</summary>
    public LatencyCounts Read() => _durations.Read();

    public void Dispose() => _listener.Dispose();

    private void Record(Instrument instrument, double seconds, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? state)
    {
        var status = 0;
        foreach (var tag in tags)
        {
            if (tag.Key == Status)
                status = (int)tag.Value!;
        }
        // A WebSocket lasts as long as its customer stays.
        if (status == StatusCodes.Status101SwitchingProtocols)
            return;
        _durations.Record(TimeSpan.FromSeconds(seconds));
        if (status >= StatusCodes.Status500InternalServerError)
            Interlocked.Increment(ref _failures);
    }
}
