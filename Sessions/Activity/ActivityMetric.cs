namespace Shop.Sessions.Activity;

/// <summary>The names of the counted activities.</summary>
internal static class ActivityMetric
{
    public const string CartChanges = "cart-changes";
    public const string PageViews = "page-views";

    /// <summary>All metrics.</summary>
    public static IReadOnlyList<string> All { get; } = [CartChanges, PageViews];
}
