using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Shop.ServiceDefaults.Forecast;

namespace Shop.ServiceDefaults.Memory;

/// <summary>Registers the memory monitoring.</summary>
internal static class MemoryExtensions
{
    /// <summary>Adds the monitoring of a service, unless its configuration disables it.</summary>
    /// <exception cref="InvalidOperationException">A value of the section is invalid, or none of its settings.</exception>
    public static void AddMemoryTelemetry(this IHostApplicationBuilder builder)
    {
        // Read now, because a service that is not registered costs nothing.
        var options = builder.Configuration.GetSection(MemoryOptions.Section)
            .Get<MemoryOptions>(binder => binder.ErrorOnUnknownConfiguration = true) ?? new();
        if (options.Enabled)
            builder.Services.AddMemoryTelemetry();
    }

    /// <summary>Adds the metrics, warnings and forecast, and the one monitor that reads for them, however often it is called.</summary>
    public static IServiceCollection AddMemoryTelemetry(this IServiceCollection services)
    {
        services.TryAddSingleton<RouteAllocations>();
        services.TryAddSingleton<MemoryMetrics>();
        services.TryAddSingleton<MemoryWarnings>();
        services.TryAddSingleton<HeapTrend>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, MemoryMonitor>());
        return services;
    }

    /// <summary>Measures what the process allocates per request of a route, where the memory is monitored.</summary>
    public static IApplicationBuilder UseRequestAllocations(this IApplicationBuilder app)
        => app.ApplicationServices.GetService<RouteAllocations>() is null ? app : app.UseMiddleware<RequestAllocations>();
}
