using Shop.ServiceDefaults.Cases;

namespace Shop.Payments.GcSettings;

/// <summary>The settings of the garbage collector that the articles recommend, and those that they leave as they are.</summary>
internal sealed class GcSettingsCase : ICase
{
    public static CaseStudy Study { get; } = new()
    {
        Id = "GcSettings",
        Service = "payments",
        Summary = "settings of the garbage collector, copied without a measurement",
        Article = new("Memory Management and Patterns in ASP.NET Core", "Workstation GC vs. Server GC",
            "Workstation GC: the working set came from 500 MB to 70 MB, Gen0 collections many times a second"),
        FedBy = "all traffic",
        Evidence = new Setting(
            // What the Web SDK sets: Server GC, which adapts the number of its heaps (DATAS) since .NET 9.
            new("server"),
            new("server-without-DATAS", ("DOTNET_GCDynamicAdaptationMode", "0")),
            new("workstation", ("DOTNET_gcServer", "0")),
            new("not-concurrent", ("DOTNET_gcConcurrent", "0")),
            new("retain-VM", ("DOTNET_GCRetainVM", "1")),
            new("conserve-memory", ("DOTNET_GCConserveMemory", "5")),
            // 200 MiB: a limit that the service does not reach.
            new("hard-limit", ("DOTNET_GCHeapHardLimit", "0xC800000"))),
    };

    /// <summary>A set of environment variables has no classes.</summary>
    public static void Register(CaseBuilder @case)
    {
    }
}
