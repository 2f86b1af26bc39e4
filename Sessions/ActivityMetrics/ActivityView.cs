namespace Shop.Sessions.ActivityMetrics;

/// <summary>The requested counts; minutes with a count of zero are omitted.</summary>
internal sealed record ActivityView(
    string Metric, string? Sku, DateTimeOffset From, DateTimeOffset To, IReadOnlyList<ActivityPoint> Points);
