using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Shop.ServiceDefaults;

namespace Shop.Tests.Telemetry;

public sealed class OtlpTests
{
    /// <summary>A service flushes its telemetry when it stops; an unreachable collector must not delay the stop.</summary>
    [Theory]
    [InlineData(null, "1000")]
    [InlineData("5000", "5000")]
    public void TheExportTimeoutIsShortUnlessConfigured(string? configured, string timeout)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.Configuration.AddInMemoryCollection(
            [new("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:1"), new("OTEL_EXPORTER_OTLP_TIMEOUT", configured)]);
        builder.AddServiceDefaults();

        Assert.Equal(timeout, builder.Configuration["OTEL_EXPORTER_OTLP_TIMEOUT"]);
    }
}
