namespace Shop.ServiceDefaults.Cases;

/// <summary>The settings that a service can be started with, and those of the garbage collector that took effect in this process.</summary>
internal sealed record SettingsView(
    string Instance, IEnumerable<SettingEnvironment> Environments, IReadOnlyDictionary<string, object> Collector)
{
    public static SettingsView Of(IEnumerable<CaseStudy> studies)
    {
        var settings = studies.Select(study => study.Evidence).OfType<Setting>();
        return new(ProcessView.InstanceName, settings.SelectMany(setting => setting.Environments), GC.GetConfigurationVariables());
    }
}
