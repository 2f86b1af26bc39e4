using System.Diagnostics.Metrics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Exporter;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using Shop.ServiceDefaults.Memory;

namespace Shop.ServiceDefaults.Telemetry;

/// <summary>Logs, metrics and traces, exported to <c>OTEL_EXPORTER_OTLP_ENDPOINT</c>; metrics also to Prometheus.</summary>
internal static class TelemetryExtensions
{
    private const string OtlpEndpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    private static readonly string[] Meters = ["System.Runtime", "Microsoft.EntityFrameworkCore", "MassTransit", "Polly", "Shop.*"];

    // RabbitMQ's subscriber source is excluded: it would start a second trace beside MassTransit's.
    private static readonly string[] Sources = ["MassTransit", "RabbitMQ.Client.Publisher", "Shop.*"];

    // Each instrument preallocates memory for this number of tag combinations, per exporter: the default of 2,000 took 25 MB per service.
    private const int MaxTagSets = 250;

    // These log one or more lines per request, command or message; the traces contain the same information.
    private static readonly string[] VerboseCategories =
        ["Microsoft.AspNetCore", "Microsoft.EntityFrameworkCore", "System.Net.Http", "MassTransit"];

    public static void ConfigureOpenTelemetry(this IHostApplicationBuilder builder)
    {
        builder.FilterLogs();
        builder.Logging.AddOpenTelemetry(logging =>
        {
            logging.IncludeFormattedMessage = true;
            logging.IncludeScopes = true;
        });
        builder.Services.ConfigureOptions<RequestSpans>();
        builder.AddMemoryTelemetry();
        UpDownCounters.Publish();
        var telemetry = builder.Services.AddOpenTelemetry()
            .WithMetrics(metrics => metrics.AddMeter(Meters).AddAspNetCoreInstrumentation().AddHttpClientInstrumentation()
                .AddView(ViewOf)
                // Without the meter's name and version as labels of every series.
                .AddPrometheusExporter(prometheus => prometheus.ScopeInfoEnabled = false))
            .WithTracing(tracing => tracing.AddSource(Sources).AddAspNetCoreInstrumentation().AddHttpClientInstrumentation());
        if (string.IsNullOrWhiteSpace(builder.Configuration[OtlpEndpoint]))
            return;
        builder.Services.AddSingleton<ExportClients>().AddHostedService(services => services.GetRequiredService<ExportClients>());
        builder.Services.AddOptions<OtlpExporterOptions>()
            .Configure<ExportClients>((options, clients) => options.HttpClientFactory = () => clients.Create(options));
        telemetry.WithLogging(logging => logging.AddOtlpExporter())
            .WithMetrics(metrics => metrics.AddOtlpExporter())
            .WithTracing(tracing => tracing.AddOtlpExporter());
    }

    private static void FilterLogs(this IHostApplicationBuilder builder)
    {
        foreach (var category in VerboseCategories)
            builder.Logging.AddFilter(category, LogLevel.Warning);
        // It warns about a missing targeting context; a case's variant is the same for all requests.
        builder.Logging.AddFilter("Microsoft.FeatureManagement", LogLevel.Error);
        // It logs every failed attempt; its meter counts them, and the caller logs a call whose last attempt has failed.
        builder.Logging.AddFilter("Polly", LogLevel.None);
    }

    private static MetricStreamConfiguration ViewOf(Instrument instrument)
        => UpDownCounters.IsReplaced(instrument)
            ? MetricStreamConfiguration.Drop
            : new MetricStreamConfiguration { CardinalityLimit = MaxTagSets };
}
