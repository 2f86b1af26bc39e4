namespace Shop.ServiceDefaults.Cases;

/// <summary>Who may use the lab routes, and how the lab makes leaks visible.</summary>
public sealed class LabOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Lab";

    /// <summary>The header that carries the key.</summary>
    public const string KeyHeader = "X-Lab-Key";

    /// <summary>The key that the AppHost generates for each run; without one every call is refused.</summary>
    public string Key { get; set; } = "";

    /// <summary>How often each service collects its whole heap, so that <c>shop.memory.live</c> tells what is alive; without it, or at zero, the runtime alone decides.</summary>
    public TimeSpan? CollectEvery { get; set; }
}
