using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Shop.ServiceDefaults;

/// <summary>Registers a hosted service that others resolve too.</summary>
internal static class OneHostedService
{
    /// <summary>
    /// Adds the one instance, however often it is called: a class that is registered as a singleton and again by <c>AddHostedService</c>
    /// exists twice once the singleton is resolved.
    /// </summary>
    public static IServiceCollection AddOneHostedService<T>(this IServiceCollection services) where T : class, IHostedService
    {
        services.TryAddSingleton<T>();
        return services.AddHostedService(provider => provider.GetRequiredService<T>());
    }
}
