namespace Shop.Lab.Load;

/// <summary>The probabilities of what a customer does in a visit.</summary>
internal static class Randomness
{
    public const double ReadProducts = 0.3;
    public const double UseOpenSession = 0.3;
    public const double LoseConnection = 0.1;
    public const double ListOrders = 0.2;
    public const double SearchOrders = 0.1;
    public const double SummarizeOrders = 0.05;
    public const double ExportOrders = 0.02;
    public const double ReadActivity = 0.1;
    public const double UploadImage = 0.05;
    public const double LogOut = 0.2;

    /// <summary>Returns true with the given probability.</summary>
    public static bool Is(this Random random, double chance) => random.NextDouble() < chance;

    /// <summary>A shopper's own random numbers, from the run's seed and the arrival's number: lateness does not change them.</summary>
    public static Random Of(int seed, Arrival arrival)
        => new((int)(((ulong)arrival.Number * 0x9E3779B97F4A7C15) >> 32) ^ seed);
}
