using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Shop.ServiceDefaults.Caching;

namespace Shop.Tests.Caching;

/// <summary>What the meter of a container's caches publishes.</summary>
internal static class CacheReadings
{
    /// <summary>Reads all instruments, by name and tags: <c>app.cache.hits cache=documents</c>.</summary>
    public static Dictionary<string, long> Of(IServiceProvider services)
    {
        var measured = new Dictionary<string, long>();
        var meters = services.GetRequiredService<IMeterFactory>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, listening) =>
        {
            if (instrument.Meter.Name == CacheMetrics.MeterName && instrument.Meter.Scope == meters)
                listening.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _)
            => measured.Add(string.Join(' ', [instrument.Name, .. tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}")]), value));
        listener.Start();
        listener.RecordObservableInstruments();
        return measured;
    }
}
