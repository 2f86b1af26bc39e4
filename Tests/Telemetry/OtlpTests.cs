using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Shop.ServiceDefaults;

namespace Shop.Tests.Telemetry;

public sealed class OtlpTests
{
    /// <summary>A service that stops sends what it still has; a collector that is away must not hold it up.</summary>
    [Theory]
    [InlineData(null, "1000")]
    [InlineData("5000", "5000")]
    public void AnExportEndsSoonUnlessConfiguredOtherwise(string? configured, string timeout)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.Configuration.AddInMemoryCollection([new("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:1"), new("OTEL_EXPORTER_OTLP_TIMEOUT", configured)]);
        builder.AddServiceDefaults();

        Assert.Equal(timeout, builder.Configuration["OTEL_EXPORTER_OTLP_TIMEOUT"]);
    }
}
