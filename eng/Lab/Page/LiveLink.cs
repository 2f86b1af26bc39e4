using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;

namespace Shop.Lab.Page;

/// <summary>The link to the first page, which is current also on the pages of a service.</summary>
public sealed class LiveLink : NavLink
{
    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    protected override bool ShouldMatch(string uriAbsolute)
    {
        var path = Navigation.ToBaseRelativePath(uriAbsolute);
        return path.Length == 0 || path[0] is '?' or '#' || path.StartsWith("live/", StringComparison.OrdinalIgnoreCase);
    }
}
