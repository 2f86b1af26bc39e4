namespace Shop.Lab.Load;

/// <summary>One second of the load on the charts; null is a gap.</summary>
/// <param name="Time">When it was, as local time.</param>
/// <param name="ArrivalsPerSecond">See <see cref="LoadFigures"/>, as the others.</param>
/// <param name="OrdersPerSecond">The achieved rate.</param>
/// <param name="P50">The median from place to settled, in milliseconds.</param>
/// <param name="P95">The 95th percentile of the same.</param>
internal sealed record LoadPoint(DateTime Time, double? ArrivalsPerSecond, double? OrdersPerSecond, double? P50, double? P95)
{
    /// <summary>The first reading of a load has no rates: it separates this load from the one before.</summary>
    public static LoadPoint Of(DateTime time, LoadFigures figures)
        => new(time, figures.ArrivalsPerSecond, figures.OrdersPerSecond, figures.PlaceToSettled?.P50, figures.PlaceToSettled?.P95);
}
