namespace Shop.Lab.Forecast;

/// <summary>What is known of a series' leak; times in the series' seconds.</summary>
/// <param name="HalfSeconds">When half of the way from the leak's start to the limit is used.</param>
/// <param name="FullSeconds">When the limit is reached.</param>
internal sealed record LeakTruth(double HalfSeconds, double FullSeconds);
