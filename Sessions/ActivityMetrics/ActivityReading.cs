namespace Shop.Sessions.ActivityMetrics;

/// <summary>What a variant has of a series.</summary>
/// <param name="Points">The counts above zero, oldest first.</param>
/// <param name="RetryAfter">
/// Null, unless the limit of series may have kept the requested one out: then the time until another one may make room.
/// </param>
internal sealed record ActivityReading(IReadOnlyList<ActivityPoint> Points, TimeSpan? RetryAfter = null);
