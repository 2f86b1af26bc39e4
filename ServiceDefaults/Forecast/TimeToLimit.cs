namespace Shop.ServiceDefaults.Forecast;

/// <summary>The time until the live bytes reach the limit, in seconds from the last collection.</summary>
/// <param name="Seconds">The estimate.</param>
/// <param name="Low">The lower bound of the 95 % interval.</param>
/// <param name="High">The upper bound; null where the trend's lower bound does not grow.</param>
public readonly record struct TimeToLimit(double Seconds, double Low, double? High);
