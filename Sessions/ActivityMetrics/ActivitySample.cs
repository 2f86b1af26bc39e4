namespace Shop.Sessions.ActivityMetrics;

/// <summary>
/// A running total: what the series had counted at the end of a slot of time. Of running totals any may be left out: the next one
/// contains what it had counted.
/// </summary>
/// <param name="Slot">The slot: the time since 1970, in units of the resolution.</param>
/// <param name="Total">The total.</param>
internal readonly record struct ActivitySample(long Slot, double Total);
