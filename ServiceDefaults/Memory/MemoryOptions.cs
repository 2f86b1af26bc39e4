namespace Shop.ServiceDefaults.Memory;

/// <summary>The memory monitoring of a service.</summary>
internal sealed class MemoryOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Memory";

    /// <summary>
    /// Whether the service watches its memory: metrics, warnings, the allocation of each route, and the forecast. Without it,
    /// <c>/lab/forecast</c> does not exist, and the alerts have nothing to compare.
    /// </summary>
    public bool Enabled { get; set; } = true;
}
