namespace Shop.ServiceDefaults.Forecast;

/// <summary>
/// Theil and Sen's trend: the median of the slopes of all pairs of points, which a few outliers do not move. Its interval is Sen's: as many
/// slopes to either side as Kendall's rank correlation leaves to chance.
/// </summary>
/// <param name="Slope">The estimate, per unit of X.</param>
/// <param name="Low">The lower bound of the interval.</param>
/// <param name="High">The upper bound of the interval.</param>
/// <param name="Score">Kendall's score: by how many standard deviations of chance more pairs rise than fall.</param>
public readonly record struct TheilSen(double Slope, double Low, double High, double Score)
{
    /// <summary>The least number of points with an interval.</summary>
    public const int MinPoints = 4;

    // The normal distribution's share of 95 % lies within this many standard deviations.
    private const double Z = 1.96;

    /// <summary>Fits a trend.</summary>
    /// <param name="points">At least <see cref="MinPoints"/>, with different X.</param>
    public static TheilSen Fit(ReadOnlySpan<(double X, double Y)> points)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(points.Length, MinPoints, nameof(points));
        var slopes = new double[points.Length * (points.Length - 1) / 2];
        var count = 0;
        for (var i = 0; i < points.Length; i++)
        {
            for (var j = i + 1; j < points.Length; j++)
                slopes[count++] = (points[j].Y - points[i].Y) / (points[j].X - points[i].X);
        }
        Array.Sort(slopes);
        double n = points.Length;
        var deviation = Math.Sqrt(n * (n - 1) * ((2 * n) + 5) / 18);
        var low = (int)Math.Floor((count - (Z * deviation)) / 2);
        var high = (int)Math.Ceiling((count + (Z * deviation)) / 2);
        return new(
            Median(slopes), slopes[Math.Clamp(low, 0, count - 1)], slopes[Math.Clamp(high, 0, count - 1)],
            (Rising(slopes) - Falling(slopes)) / deviation);
    }

    private static int Rising(double[] slopes) => slopes.Count(slope => slope > 0);

    private static int Falling(double[] slopes) => slopes.Count(slope => slope < 0);

    /// <summary>The median of sorted values.</summary>
    public static double Median(ReadOnlySpan<double> sorted) => (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
}
