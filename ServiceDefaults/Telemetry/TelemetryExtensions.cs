using System.Diagnostics.Metrics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using Shop.ServiceDefaults.Customers;
using Shop.ServiceDefaults.Memory;

namespace Shop.ServiceDefaults.Telemetry;

/// <summary>Logs, metrics and traces, exported where <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> says; metrics also for Prometheus.</summary>
internal static class TelemetryExtensions
{
    private const string OtlpEndpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string OtlpTimeout = "OTEL_EXPORTER_OTLP_TIMEOUT";

    private static readonly string[] Meters = ["System.Runtime", "Microsoft.EntityFrameworkCore", "MassTransit", "Polly", "Shop.*"];

    // RabbitMQ's subscriber source is left out: it would begin a trace of its own beside MassTransit's.
    private static readonly string[] Sources = ["MassTransit", "RabbitMQ.Client.Publisher", "Shop.*"];

    // Each instrument sets memory aside for so many combinations of its tags, twice where two exporters read it: the default of 2,000 made 25 MB in each service.
    private const int MaxTagSets = 250;

    // A line or more per request, command or message: the traces tell the same, and better.
    private static readonly string[] Chatty = ["Microsoft.AspNetCore", "Microsoft.EntityFrameworkCore", "System.Net.Http", "MassTransit"];

    public static void ConfigureOpenTelemetry(this IHostApplicationBuilder builder)
    {
        builder.FilterLogs();
        builder.Logging.AddOpenTelemetry(logging =>
        {
            logging.IncludeFormattedMessage = true;
            logging.IncludeScopes = true;
        });
        builder.Services.ConfigureOptions<RequestSpans>();
        builder.Services.AddHostedService<MemoryMetrics>();
        FallingCounters.Publish();
        var telemetry = builder.Services.AddOpenTelemetry()
            .WithMetrics(metrics => metrics.AddMeter(Meters).AddAspNetCoreInstrumentation().AddHttpClientInstrumentation()
                .AddView(ViewOf)
                // Without the meter's name and version as labels of every series: its metrics' names already begin with it.
                .AddPrometheusExporter(prometheus => prometheus.ScopeInfoEnabled = false))
            .WithTracing(tracing => tracing.AddSource(Sources).AddAspNetCoreInstrumentation().AddHttpClientInstrumentation().AddProcessor(new SessionRedaction()));
        if (string.IsNullOrWhiteSpace(builder.Configuration[OtlpEndpoint]))
            return;
        // With the default of 10 s, a collector that does not answer would hold up the service's end until it is killed.
        if (builder.Configuration[OtlpTimeout] is null)
            builder.Configuration.AddInMemoryCollection([new(OtlpTimeout, "1000")]);
        telemetry.UseOtlpExporter();
    }

    private static void FilterLogs(this IHostApplicationBuilder builder)
    {
        foreach (var category in Chatty)
            builder.Logging.AddFilter(category, LogLevel.Warning);
        // It warns that nobody is targeted; a case's variant is the same for all.
        builder.Logging.AddFilter("Microsoft.FeatureManagement", LogLevel.Error);
        // It logs every attempt that fails; its meter counts them, and the caller logs the call that fails in the end.
        builder.Logging.AddFilter("Polly", LogLevel.None);
    }

    private static MetricStreamConfiguration ViewOf(Instrument instrument)
        => FallingCounters.IsReplaced(instrument) ? MetricStreamConfiguration.Drop : new MetricStreamConfiguration { CardinalityLimit = MaxTagSets };
}
