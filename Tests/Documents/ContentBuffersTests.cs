using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Shop.Documents;

namespace Shop.Tests.Documents;

public sealed class ContentBuffersTests : IDisposable
{
    private const int DocumentBytes = 10 * 1024 * 1024;
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().AddSingleton<ContentBuffers>().BuildServiceProvider();

    public void Dispose() => _services.Dispose();

    [Fact]
    public void AfterABurstThePoolRetainsNoMoreThanItsBound()
    {
        var buffers = _services.GetRequiredService<ContentBuffers>();
        var document = new byte[DocumentBytes];
        for (var round = 0; round < 4; round++)
        {
            var streams = Enumerable.Range(0, 8).Select(_ => buffers.GetStream()).ToList();
            streams.ForEach(stream => stream.Write(document));
            Assert.InRange(Read()["used"], 8 * DocumentBytes, long.MaxValue);
            streams.ForEach(stream => stream.Dispose());
        }

        Assert.Equal(new Dictionary<string, long> { ["free"] = ContentBuffers.MaxFreeBytes, ["used"] = 0 }, Read());
    }

    [Fact]
    public void AReturnedBufferIsReused()
    {
        var buffers = _services.GetRequiredService<ContentBuffers>();
        buffers.GetStream().Dispose();
        var free = Read()["free"];
        Assert.InRange(free, 1, ContentBuffers.MaxFreeBytes);

        using var stream = buffers.GetStream();
        Assert.Equal(new Dictionary<string, long> { ["free"] = 0, ["used"] = free }, Read());
    }

    private Dictionary<string, long> Read()
    {
        var measured = new Dictionary<string, long>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, listening) =>
        {
            if (instrument.Name == "shop.content.buffers" && instrument.Meter.Scope == _services.GetRequiredService<IMeterFactory>())
                listening.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((_, value, tags, _) => measured.Add((string)tags[0].Value!, value));
        listener.Start();
        listener.RecordObservableInstruments();
        return measured;
    }
}
