using Shop.Lab.Load;

namespace Shop.Lab.Page.Load;

/// <summary>The charts as a table: the last point of each minute.</summary>
internal static class LoadMinutes
{
    /// <summary>One point a minute, the newest first.</summary>
    public static LoadPoint[] Of(IEnumerable<LoadPoint> points)
        => [.. points.GroupBy(point => point.Time.Ticks / TimeSpan.TicksPerMinute).Select(minute => minute.Last()).Reverse()];
}
