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
using Microsoft.Extensions.Options;
using Scalar.AspNetCore;
using Shop.ServiceDefaults.Admission;
using Shop.ServiceDefaults.Caching;
using Shop.ServiceDefaults.Memory;
using Shop.ServiceDefaults.Telemetry;

namespace Shop.ServiceDefaults;

/// <summary>
/// The defaults of every service: telemetry, health checks, service discovery, problem details, limits, OpenAPI and graceful shutdown.
/// </summary>
public static class Extensions
{
    /// <summary>The maximum size of a request body, in bytes; a route can override it.</summary>
    public const long MaxJsonBodyBytes = 1024 * 1024;

    /// <summary>The maximum size of an uploaded document, in bytes.</summary>
    public const long MaxDocumentBytes = 10 * 1024 * 1024;

    private const string LiveTag = "live";
    private const int MaxJsonDepth = 16;

    /// <summary>Adds the defaults to a service.</summary>
    public static TBuilder AddServiceDefaults<TBuilder>(this TBuilder builder) where TBuilder : IHostApplicationBuilder
    {
        StrictConfiguration.Apply();
        builder.ConfigureOpenTelemetry();
        builder.AddDefaultHealthChecks();
        builder.Services.AddServiceDiscovery();
        // Resilience is configured per client (AddServiceClient): timeouts and retries depend on the called operation.
        builder.Services.ConfigureHttpClientDefaults(http => http.AddServiceDiscovery());
        builder.AddApiDefaults();
        builder.AddAdmission();
        builder.Services.AddSingleton<CacheMetrics>();
        builder.Services.AddSingleton(TimeProvider.System);
        // The time that requests and messages in flight have to complete at shutdown.
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(20));
        return builder;
    }

    /// <summary>
    /// Maps <c>/alive</c> (the process responds), <c>/health</c> (its dependencies respond too), <c>/metrics</c>, <c>/openapi/v1.json</c>
    /// and its viewer <c>/scalar</c>, and converts errors to problem details.
    /// </summary>
    public static WebApplication MapDefaultEndpoints(this WebApplication app)
    {
        // Before the host starts, which would log an invalid option with a stack trace.
        app.Services.GetService<IStartupValidator>()?.Validate();
        // First, so that it also counts what the other middleware allocates.
        app.UseRequestAllocations();
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.UseBodyLimit();
        app.UseBodyCharset();
        app.MapHealthChecks(Probes.Health).DisableHttpMetrics().DisableRateLimiting();
        app.MapHealthChecks(Probes.Alive, new HealthCheckOptions { Predicate = check => check.Tags.Contains(LiveTag) })
            .DisableHttpMetrics().DisableRateLimiting();
        app.MapPrometheusScrapingEndpoint(Probes.Metrics).DisableHttpMetrics().DisableRateLimiting();
        app.MapOpenApi();
        app.MapScalarApiReference();
        return app;
    }

    // The Aspire integrations add the health checks of their servers.
    private static void AddDefaultHealthChecks(this IHostApplicationBuilder builder)
        => builder.Services.AddHealthChecks().AddCheck("self", () => HealthCheckResult.Healthy(), [LiveTag]);

    private static void AddApiDefaults(this IHostApplicationBuilder builder)
    {
        // Before AddProblemDetails: the first writer that can write does.
        builder.Services.AddSingleton<IProblemDetailsWriter, ProblemWriter>();
        builder.Services.AddProblemDetails();
        builder.Services.AddExceptionHandler<BadRequestHandler>();
        builder.Services.AddExceptionHandler<UnavailableHandler>();
        builder.Services.AddOpenApi(options => options
            .AddOperationTransformer<ApiDescription>().AddSchemaTransformer<ApiDescription>());
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
