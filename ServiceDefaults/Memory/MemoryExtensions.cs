using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Shop.ServiceDefaults.Memory;

/// <summary>Registers the memory metrics and warnings.</summary>
internal static class MemoryExtensions
{
    /// <summary>
    /// Adds the metrics and the one monitor that warns, however often it is called. The hosted services are the singletons: a class that is
    /// registered as a singleton and again by <c>AddHostedService</c> exists twice once the singleton is resolved.
    /// </summary>
    public static IServiceCollection AddMemoryTelemetry(this IServiceCollection services)
    {
        services.TryAddSingleton<RouteAllocations>();
        services.TryAddSingleton<MemoryMetrics>();
        services.TryAddSingleton<MemoryWarnings>();
        services.AddHostedService(provider => provider.GetRequiredService<MemoryMetrics>());
        services.AddHostedService(provider => provider.GetRequiredService<MemoryWarnings>());
        return services;
    }

    /// <summary>Measures what the process allocates per request of a route.</summary>
    public static IApplicationBuilder UseRequestAllocations(this IApplicationBuilder app) => app.UseMiddleware<RequestAllocations>();
}
