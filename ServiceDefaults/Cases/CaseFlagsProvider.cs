using Microsoft.Extensions.Configuration;

namespace Shop.ServiceDefaults.Cases;

/// <inheritdoc cref="CaseFlagsSource" />
internal sealed class CaseFlagsProvider : ConfigurationProvider
{
    /// <summary>Applies the variants and notifies the subscribers of the configuration before it returns.</summary>
    public void Apply(IEnumerable<(CaseStudy Study, CaseVariant Active)> cases)
    {
        var data = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (var (index, (study, active)) in cases.Index())
            AddFlag(data, $"feature_management:feature_flags:{index}", study, active);
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
