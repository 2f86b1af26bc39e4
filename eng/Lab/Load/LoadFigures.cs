namespace Shop.Lab.Load;

/// <summary>What was measured up to one moment of a load; null is what is not known.</summary>
/// <param name="ElapsedSeconds">The time since the start.</param>
/// <param name="ArrivalsPerSecond">The shoppers that came, over the last <see cref="RateSeconds"/> seconds.</param>
/// <param name="OrdersPerSecond">The orders that were settled or declined, over the same time.</param>
/// <param name="PlaceToSettled">
/// From POST /orders to the status that the customer learns, in milliseconds, over the last <see cref="LatencySeconds"/> seconds.
/// </param>
/// <param name="InFlight">The shoppers in the shop.</param>
/// <param name="Arrivals">The shoppers that came since the start.</param>
/// <param name="Dropped">Those of them that were turned away, since too many were in the shop.</param>
/// <param name="Settled">The orders that were settled since the start.</param>
/// <param name="Declined">The orders that were declined since the start.</param>
/// <param name="Errors">The errors since the start, the most frequent first.</param>
internal sealed record LoadFigures(
    double ElapsedSeconds, double? ArrivalsPerSecond, double? OrdersPerSecond, LatencyReport? PlaceToSettled, long InFlight, long Arrivals,
    long Dropped, long Settled, long Declined, IReadOnlyList<ErrorFigure> Errors)
{
    /// <summary>The time that rates cover, in seconds; less while the load is younger.</summary>
    public const int RateSeconds = 10;

    /// <summary>The time that latencies cover, in seconds; less while the load is younger.</summary>
    public const int LatencySeconds = 30;

    public static LoadFigures Of(ReadingWindow window)
    {
        var now = window.Last;
        var rates = window.Since(TimeSpan.FromSeconds(RateSeconds));
        return new(
            now.Elapsed.TotalSeconds, rates?.ArrivalsPerSecond, rates?.OrdersPerSecond,
            window.Since(TimeSpan.FromSeconds(LatencySeconds)) is { } latencies ? LatencyReport.Of(latencies.PlaceToSettled) : null,
            now.InFlight, now.Arrivals, now.Dropped, now.Settled, now.Declined, ErrorsOf(now, window.Oldest));
    }

    /// <summary>The same after the end: the counts stay, what was measured over the last seconds goes.</summary>
    public LoadFigures AtEnd() => this with
    {
        ArrivalsPerSecond = null,
        OrdersPerSecond = null,
        PlaceToSettled = null,
        Errors = [.. Errors.Select(error => error with { LastMinute = null })],
    };

    private static ErrorFigure[] ErrorsOf(LoadReading now, LoadReading aMinuteAgo)
    {
        var earlier = aMinuteAgo.Errors.ToDictionary(error => error.Name, error => error.Count);
        return
        [
            .. now.Errors.Select(error => new ErrorFigure(
                error.Route, error.Kind, error.Count, error.Count - earlier.GetValueOrDefault(error.Name))),
        ];
    }
}
