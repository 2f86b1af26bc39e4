namespace Shop.ServiceDefaults.Forecast;

/// <summary>What the detector says after a collection.</summary>
/// <param name="Verdict">What the series says.</param>
/// <param name="Collections">The collections of generation 2 that it has seen.</param>
/// <param name="Trend">The growth in bytes per second with its 95 % interval; null below the least number of collections.</param>
/// <param name="LiveBytes">The trend's level at the last collection; null like the trend.</param>
/// <param name="TimeToLimit">The time to the limit; of a leak only, since anything else may level off.</param>
public sealed record HeapForecast(HeapVerdict Verdict, long Collections, TheilSen? Trend, double? LiveBytes, TimeToLimit? TimeToLimit);
