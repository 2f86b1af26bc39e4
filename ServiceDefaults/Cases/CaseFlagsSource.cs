using Microsoft.Extensions.Configuration;

namespace Shop.ServiceDefaults.Cases;

/// <summary>
/// Presents the variants as feature flags in Microsoft.FeatureManagement's standard schema. A case without a stored
/// value follows configuration <c>Cases:{Id}:Variant</c>, and without that is Fixed.
/// </summary>
internal sealed class CaseFlagsSource(IReadOnlyList<CaseStudy> cases) : IConfigurationSource
{
    public CaseFlagsProvider Provider { get; } = new(cases);

    public IConfigurationProvider Build(IConfigurationBuilder builder) => Provider;
}

/// <inheritdoc cref="CaseFlagsSource" />
internal sealed class CaseFlagsProvider(IReadOnlyList<CaseStudy> cases) : ConfigurationProvider
{
    public IReadOnlyList<CaseStudy> Cases { get; } = cases;

    /// <summary>Takes over the variants and tells all who listen to the configuration; returns when they have been told.</summary>
    public void Apply(IReadOnlyDictionary<string, CaseVariant> variants)
    {
        var data = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        for (var index = 0; index < Cases.Count; index++)
            AddFlag(data, $"feature_management:feature_flags:{index}", Cases[index], variants.GetValueOrDefault(Cases[index].Id));
        Data = data;
        OnReload();
    }

    private static void AddFlag(Dictionary<string, string?> data, string flag, CaseStudy study, CaseVariant active)
    {
        data[$"{flag}:id"] = study.Id;
        data[$"{flag}:enabled"] = "true";
        data[$"{flag}:allocation:default_when_enabled"] = active.Name();
        for (var index = 0; index < study.Variants.Count; index++)
            data[$"{flag}:variants:{index}:name"] = study.Variants[index].Name();
    }
}
