using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace Shop.ServiceDefaults.Telemetry;

/// <summary>All metrics as text for Prometheus, read when it asks. OpenTelemetry's own exporter for it has no stable release.</summary>
internal static class PrometheusEndpoint
{
    private const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    public static MeterProviderBuilder AddPrometheus(this MeterProviderBuilder metrics)
    {
        metrics.ConfigureServices(services => services.AddSingleton<PrometheusExporter>().AddSingleton<PrometheusReader>());
        return metrics.AddReader(services => services.GetRequiredService<PrometheusReader>());
    }

    public static void MapPrometheus(this IEndpointRouteBuilder routes)
        => routes.MapGet("/metrics", (PrometheusReader reader) => Read(reader)).DisableHttpMetrics().ExcludeFromDescription();

    private static Results<ContentHttpResult, ProblemHttpResult> Read(PrometheusReader reader)
        => reader.TryRead() is { } text ? TypedResults.Text(text, ContentType) : TypedResults.Problem(title: "The metrics could not be collected.", statusCode: StatusCodes.Status503ServiceUnavailable);
}

/// <summary>Collects the metrics on request.</summary>
internal sealed class PrometheusReader(PrometheusExporter prometheus) : BaseExportingMetricReader(prometheus)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);
    private readonly Lock _one = new();

    /// <summary>The metrics as they are now; null if they could not be collected in time.</summary>
    public string? TryRead()
    {
        lock (_one)
            return Collect((int)Timeout.TotalMilliseconds) ? prometheus.Text : null;
    }
}

/// <summary>Keeps what the last collection brought, as text.</summary>
internal sealed class PrometheusExporter : BaseExporter<Metric>
{
    public string Text { get; private set; } = "";

    public override ExportResult Export(in Batch<Metric> batch)
    {
        var metrics = new List<Metric>();
        foreach (var metric in batch)
            metrics.Add(metric);
        var text = new PrometheusText();
        foreach (var metric in metrics.OrderBy(PrometheusText.NameOf, StringComparer.Ordinal))
            text.Write(metric);
        Text = text.ToString();
        return ExportResult.Success;
    }
}
