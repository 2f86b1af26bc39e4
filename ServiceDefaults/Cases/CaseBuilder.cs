using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Shop.ServiceDefaults.Cases;

/// <summary>Registers a case in its service.</summary>
/// <param name="study">The case.</param>
/// <param name="services">The service collection of the service.</param>
/// <param name="configuration">The configuration of the service.</param>
public sealed class CaseBuilder(CaseStudy study, IServiceCollection services, IConfiguration configuration)
{
    /// <summary>The service collection.</summary>
    public IServiceCollection Services => services;

    /// <summary>The configuration.</summary>
    public IConfiguration Configuration => configuration;

    /// <summary>Adds the variants of a case whose Published variant is not switchable.</summary>
    public void Variants<T, TLeaky, TFixed>() where T : class where TLeaky : class, T where TFixed : class, T
    {
        services.AddKeyedSingleton<T, TLeaky>(CaseVariant.Leaky);
        services.AddKeyedSingleton<T, TFixed>(CaseVariant.Fixed);
        // Its reset collects.
        services.AddMetrics().TryAddSingleton<InducedCollections>();
        services.AddSingleton(provider => new CaseSwitch<T>(study, provider, configuration));
        services.AddSingleton<ICaseSwitch>(provider => provider.GetRequiredService<CaseSwitch<T>>());
    }

    /// <summary>Adds the variants of a case whose Published variant is switchable.</summary>
    public void Variants<T, TLeaky, TPublished, TFixed>()
        where T : class where TLeaky : class, T where TPublished : class, T where TFixed : class, T
    {
        services.AddKeyedSingleton<T, TPublished>(CaseVariant.Published);
        Variants<T, TLeaky, TFixed>();
    }
}
