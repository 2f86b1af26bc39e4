using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Shop.ServiceDefaults.Memory;

/// <summary>Registers the memory metrics and warnings.</summary>
internal static class MemoryExtensions
{
    /// <summary>Adds the metrics and the one monitor that warns, however often it is called.</summary>
    public static IServiceCollection AddMemoryTelemetry(this IServiceCollection services)
    {
        services.TryAddSingleton<RouteAllocations>();
        return services.AddOneHostedService<MemoryMetrics>().AddOneHostedService<MemoryWarnings>();
    }

    /// <summary>Measures what the process allocates per request of a route.</summary>
    public static IApplicationBuilder UseRequestAllocations(this IApplicationBuilder app) => app.UseMiddleware<RequestAllocations>();
}
