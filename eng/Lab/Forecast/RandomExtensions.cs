namespace Shop.Lab.Forecast;

/// <summary>Draws parameters.</summary>
internal static class RandomExtensions
{
    public static double Between(this Random random, double low, double high) => low + ((high - low) * random.NextDouble());
}
