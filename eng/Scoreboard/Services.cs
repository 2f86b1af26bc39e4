using Shop.Lab;
using Shop.Lab.Cases;

namespace Shop.Scoreboard;

/// <summary>The services, whose folders have the cases.</summary>
internal static class Services
{
    /// <summary>Their folders in the repository.</summary>
    public static IReadOnlyList<string> Folders { get; } = [.. ShopAddresses.Names.Select(CaseStudies.ProjectOf)];
}
