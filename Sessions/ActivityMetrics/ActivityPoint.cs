namespace Shop.Sessions.ActivityMetrics;

/// <summary>The count of a minute (UTC).</summary>
internal sealed record ActivityPoint(DateTimeOffset Minute, long Count);
