using Microsoft.Extensions.Configuration;

namespace Shop.ServiceDefaults.Cases;

/// <summary>
/// Exposes the variants as feature flags in the standard schema of Microsoft.FeatureManagement. A case without a stored
/// value uses configuration <c>Cases:{Id}:Variant</c>, by default Fixed.
/// </summary>
internal sealed class CaseFlagsSource : IConfigurationSource
{
    public CaseFlagsProvider Provider { get; } = new();

    public IConfigurationProvider Build(IConfigurationBuilder builder) => Provider;
}
