using Microsoft.Extensions.Configuration;

namespace Shop.ServiceDefaults.Cases;

/// <inheritdoc cref="CaseFlagsSource" />
internal sealed class CaseFlagsProvider(IReadOnlyList<CaseStudy> cases) : ConfigurationProvider
{
    public IReadOnlyList<CaseStudy> Cases { get; } = cases;

    /// <summary>Applies the variants and notifies the subscribers of the configuration before it returns.</summary>
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
