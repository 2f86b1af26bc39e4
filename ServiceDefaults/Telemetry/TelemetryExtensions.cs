using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using Shop.ServiceDefaults.Customers;
using Shop.ServiceDefaults.Memory;

namespace Shop.ServiceDefaults.Telemetry;

/// <summary>Logs, metrics and traces from .NET's own sources, exported where <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> says.</summary>
internal static class TelemetryExtensions
{
    private static readonly string[] Meters =
    [
        "System.Runtime", "System.Net.Http", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel",
        "Microsoft.EntityFrameworkCore", "MassTransit", "Shop.*",
    ];

    // RabbitMQ's subscriber source is left out: it would begin a trace of its own beside MassTransit's.
    private static readonly string[] Sources = ["Microsoft.AspNetCore", "System.Net.Http", "MassTransit", "RabbitMQ.Client.Publisher", "Shop.*"];

    // Each instrument sets memory aside for so many combinations of its tags, twice where two exporters read it: the default of 2,000 made 25 MB in each service.
    private const int MaxTagSets = 250;

    // A line or more per request, command or message: the traces tell the same, and better.
    private static readonly string[] Chatty = ["Microsoft.AspNetCore", "Microsoft.EntityFrameworkCore", "System.Net.Http", "MassTransit"];

    public static void AddTelemetry(this IHostApplicationBuilder builder)
    {
        foreach (var category in Chatty)
            builder.Logging.AddFilter(category, LogLevel.Warning);
        // It warns that nobody is targeted; a case's variant is the same for all.
        builder.Logging.AddFilter("Microsoft.FeatureManagement", LogLevel.Error);
        builder.Logging.AddOpenTelemetry(logging =>
        {
            logging.IncludeFormattedMessage = true;
            logging.IncludeScopes = true;
        });
        builder.Services.AddHostedService<MemoryMetrics>();
        var telemetry = builder.Services.AddOpenTelemetry()
            .WithMetrics(metrics => metrics.AddMeter(Meters).AddView(_ => new MetricStreamConfiguration { CardinalityLimit = MaxTagSets }).AddPrometheus())
            .WithTracing(tracing => tracing.AddSource(Sources).AddProcessor(new SessionRedaction()));
        if (!string.IsNullOrWhiteSpace(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]))
            telemetry.UseOtlpExporter();
    }
}
