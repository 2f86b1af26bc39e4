using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Scalar.AspNetCore;
using Shop.ServiceDefaults.Caching;
using Shop.ServiceDefaults.Telemetry;

namespace Shop.ServiceDefaults;

/// <summary>What every service of the Shop has: telemetry, health, service discovery, problem details, limits, OpenAPI and a graceful end.</summary>
public static class Extensions
{
    /// <summary>The largest body of a request, in bytes; a route that takes more says so itself.</summary>
    public const long MaxJsonBodyBytes = 1024 * 1024;

    /// <summary>The largest document that a customer may upload, in bytes.</summary>
    public const long MaxDocumentBytes = 10 * 1024 * 1024;

    private const string LiveTag = "live";
    private const int MaxJsonDepth = 16;

    /// <summary>Adds the defaults to a service.</summary>
    public static TBuilder AddServiceDefaults<TBuilder>(this TBuilder builder) where TBuilder : IHostApplicationBuilder
    {
        builder.ConfigureOpenTelemetry();
        builder.AddDefaultHealthChecks();
        builder.Services.AddServiceDiscovery();
        // Resilience is each client's own (AddServiceClient): how long a call may take, and whether it may be repeated, depends on what it does.
        builder.Services.ConfigureHttpClientDefaults(http => http.AddServiceDiscovery());
        builder.AddApiDefaults();
        builder.Services.AddSingleton<CacheMetrics>();
        builder.Services.AddSingleton(TimeProvider.System);
        // The host waits this long for requests and messages in flight when it is told to stop.
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(20));
        return builder;
    }

    /// <summary>
    /// Maps <c>/alive</c> (the process answers), <c>/health</c> (its dependencies do too), <c>/metrics</c>, <c>/openapi/v1.json</c> and <c>/scalar</c>,
    /// which shows it, and turns errors into problem details.
    /// </summary>
    public static WebApplication MapDefaultEndpoints(this WebApplication app)
    {
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.UseBodyLimit();
        app.MapHealthChecks(Probes.Health).DisableHttpMetrics();
        app.MapHealthChecks(Probes.Alive, new HealthCheckOptions { Predicate = check => check.Tags.Contains(LiveTag) }).DisableHttpMetrics();
        app.MapPrometheusScrapingEndpoint(Probes.Metrics).DisableHttpMetrics();
        app.MapOpenApi();
        app.MapScalarApiReference();
        return app;
    }

    // The integrations add the checks of their servers.
    private static void AddDefaultHealthChecks(this IHostApplicationBuilder builder)
        => builder.Services.AddHealthChecks().AddCheck("self", () => HealthCheckResult.Healthy(), [LiveTag]);

    private static void AddApiDefaults(this IHostApplicationBuilder builder)
    {
        builder.Services.AddProblemDetails(problems => problems.CustomizeProblemDetails = ValidationFields.UseJsonNames);
        builder.Services.AddExceptionHandler<BadRequestHandler>();
        builder.Services.AddExceptionHandler<UnavailableHandler>();
        builder.Services.AddOpenApi();
        builder.Services.ConfigureHttpJsonOptions(options => ConfigureJson(options.SerializerOptions));
        builder.Services.Configure<KestrelServerOptions>(options => options.Limits.MaxRequestBodySize = MaxJsonBodyBytes);
        builder.Services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
    }

    private static void ConfigureJson(JsonSerializerOptions json)
    {
        json.MaxDepth = MaxJsonDepth;
        json.NumberHandling = JsonNumberHandling.Strict;
        json.Converters.Add(new JsonStringEnumConverter());
    }
}
