namespace Shop.Sessions.Activity;

/// <summary>The requested counts; minutes with a count of zero are omitted.</summary>
internal sealed record ActivityView(string Metric, DateTimeOffset From, DateTimeOffset To, IReadOnlyList<ActivityPoint> Points);
