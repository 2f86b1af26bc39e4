using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Shop.ServiceDefaults.Cases;

/// <summary>Adds the cases of a service.</summary>
/// <param name="services">The service collection of the service.</param>
/// <param name="configuration">The configuration of the service.</param>
public sealed class CasesBuilder(IServiceCollection services, IConfiguration configuration)
{
    /// <summary>Adds a case.</summary>
    public CasesBuilder Add<TCase>() where TCase : ICase
    {
        services.AddSingleton(TCase.Study);
        TCase.Register(new CaseBuilder(TCase.Study, services, configuration));
        return this;
    }
}
