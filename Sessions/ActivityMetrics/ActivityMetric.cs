namespace Shop.Sessions.ActivityMetrics;

/// <summary>The names of the counted activities.</summary>
internal static class ActivityMetric
{
    public const string CartChanges = "cart-changes";
    public const string PageViews = "page-views";

    /// <summary>The time for which counts can be read.</summary>
    public static readonly TimeSpan Retention = TimeSpan.FromDays(7);

    /// <summary>All metrics.</summary>
    public static IReadOnlyList<string> All { get; } = [CartChanges, PageViews];
}
