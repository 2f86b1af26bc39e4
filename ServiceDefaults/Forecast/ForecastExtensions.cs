using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Shop.ServiceDefaults.Forecast;

/// <summary>Registers the forecast.</summary>
internal static class ForecastExtensions
{
    /// <summary>Adds the one <see cref="HeapTrend"/>, however often it is called.</summary>
    public static IServiceCollection AddForecast(this IServiceCollection services)
    {
        services.TryAddSingleton<HeapTrend>();
        return services.AddHostedService(provider => provider.GetRequiredService<HeapTrend>());
    }
}
