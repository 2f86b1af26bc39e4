namespace Shop.Lab.Page.Charts;

/// <summary>The scale of a chart's values, from 0.</summary>
internal static class ValueScale
{
    private static readonly double[] Mantissas = [1, 2, 4, 6, 8, 10];

    /// <summary>The smallest round number above all values, of which half is round too.</summary>
    /// <param name="max">The largest value; null if there is none.</param>
    /// <param name="decimals">Those that are shown.</param>
    public static double TopOf(double? max, int decimals)
    {
        // Half of it must still be a number with these decimals.
        var least = 2 * Math.Pow(10, -decimals);
        if (max is not > 0 || max <= least)
            return least;
        var power = Math.Pow(10, Math.Floor(Math.Log10(max.Value)));
        return power * Mantissas.First(mantissa => mantissa * power >= max);
    }
}
