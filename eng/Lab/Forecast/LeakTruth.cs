namespace Shop.Lab.Forecast;

/// <summary>What is known of a series' leak; times in the series' seconds.</summary>
/// <param name="OnsetSeconds">When it starts.</param>
/// <param name="HalfSeconds">When half of the way from the leak's start to the limit is used.</param>
/// <param name="FullSeconds">When the limit is reached.</param>
internal sealed record LeakTruth(double OnsetSeconds, double HalfSeconds, double FullSeconds);
