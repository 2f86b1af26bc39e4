using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Shop.ServiceDefaults;

namespace Shop.Tests.Telemetry;

/// <summary>What a service exports to a collector that is slow or does not respond.</summary>
public sealed class OtlpTests
{
    // Under load the dashboard needs more than a second for an export; with a timeout of 1 s its charts stood still.
    [Theory]
    [InlineData("grpc")]
    [InlineData("http/protobuf")]
    public async Task AnExportToASlowCollectorIsNotCancelled(string protocol)
    {
        await using var collector = await SlowCollector.StartAsync(protocol, TimeSpan.FromSeconds(2));
        await using var service = await StartServiceAsync(collector, protocol);

        var exports = await Eventually.ReadAsync(
            () => Task.FromResult(collector.Exports), exports => exports.Answered > 0, "an answered export");

        Assert.Equal(0, exports.Cancelled);
    }

    /// <summary>A service flushes its telemetry when it stops; it must not wait for the whole timeout of each export.</summary>
    [Theory]
    [InlineData("grpc")]
    [InlineData("http/protobuf")]
    public async Task ACollectorThatDoesNotRespondDelaysNoStop(string protocol)
    {
        await using var collector = await SlowCollector.StartAsync(protocol, Timeout.InfiniteTimeSpan);
        await using (var service = await StartServiceAsync(collector, protocol, timeout: "60000"))
        {
            await Eventually.ReadAsync(() => Task.FromResult(collector.Exports), exports => exports.Received > 0, "an export");
            await service.StopAsync(TestContext.Current.CancellationToken);
        }

        // An export that is not cancelled by then runs until its own timeout: its provider gave up waiting for it.
        await Eventually.ReadAsync(() => Task.FromResult(collector.Exports), exports => exports.Cancelled == exports.Received,
            "the cancellation of each export", TimeSpan.FromSeconds(20));
    }

    private static async Task<WebApplication> StartServiceAsync(SlowCollector collector, string protocol, string? timeout = null)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Configuration.AddInMemoryCollection(
        [
            new("urls", "http://127.0.0.1:0"),
            new("OTEL_EXPORTER_OTLP_ENDPOINT", collector.Address),
            new("OTEL_EXPORTER_OTLP_PROTOCOL", protocol),
            new("OTEL_EXPORTER_OTLP_TIMEOUT", timeout),
            new("OTEL_METRIC_EXPORT_INTERVAL", "200"),
        ]);
        builder.AddServiceDefaults();
        var app = builder.Build();
        await app.StartAsync(TestContext.Current.CancellationToken);
        return app;
    }
}
