namespace Shop.Lab.Proof.Measuring;

/// <summary>An estimate with its 95 % interval or, of <see cref="Range"/>, all values.</summary>
internal readonly record struct Interval(double Estimate, double Low, double High)
{
    // The normal distribution's share of 95 % lies within this many standard deviations.
    private const double Z = 1.96;

    /// <summary>
    /// Theil and Sen's slope: the median of the slopes of all pairs of points, which a few outliers do not move. Sen's
    /// interval: as many slopes to either side as Kendall's rank correlation leaves to chance.
    /// </summary>
    public static Interval Slope(IReadOnlyList<(double X, double Y)> points)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(points.Count, 4);
        var slopes = (from i in Enumerable.Range(0, points.Count)
                      from j in Enumerable.Range(i + 1, points.Count - i - 1)
                      select (points[j].Y - points[i].Y) / (points[j].X - points[i].X)).Order().ToArray();
        double n = points.Count;
        var spread = Z * Math.Sqrt(n * (n - 1) * ((2 * n) + 5) / 18);
        var low = (int)Math.Floor((slopes.Length - spread) / 2);
        var high = (int)Math.Ceiling((slopes.Length + spread) / 2);
        return new(Middle(slopes), slopes[Math.Clamp(low, 0, slopes.Length - 1)], slopes[Math.Clamp(high, 0, slopes.Length - 1)]);
    }

    /// <summary>The median with the interval that its order statistics give, whatever the distribution.</summary>
    public static Interval Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        ArgumentOutOfRangeException.ThrowIfLessThan(sorted.Length, 6);
        // The first rank whose tail, of the binomial distribution with one half, holds at most 2.5 %.
        var rank = 0;
        for (double tail = 0, term = Math.Pow(0.5, sorted.Length); tail + term <= 0.025; rank++)
        {
            tail += term;
            term *= (sorted.Length - rank) / (rank + 1.0);
        }
        return new(Middle(sorted), sorted[rank - 1], sorted[^rank]);
    }

    /// <summary>The median with the least and the highest value, where there are too few for an interval of 95 %.</summary>
    public static Interval Range(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return new(Middle(sorted), sorted[0], sorted[^1]);
    }

    /// <summary>The difference; its interval assumes the worst of both.</summary>
    public static Interval operator -(Interval left, Interval right) => new(left.Estimate - right.Estimate, left.Low - right.High, left.High - right.Low);

    /// <summary>Compares it with a threshold: all above, none above, or inconclusive.</summary>
    public Finding Against(double threshold) => Low > threshold ? Finding.Grows : High <= threshold ? Finding.Flat : Finding.Inconclusive;

    private static double Middle(double[] sorted) => (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
}

/// <summary>What a measurement says.</summary>
internal enum Finding
{
    /// <summary>The interval holds the threshold.</summary>
    Inconclusive,
    /// <summary>All of it is below, or at it.</summary>
    Flat,
    /// <summary>All of it is above.</summary>
    Grows,
    /// <summary>There is no threshold.</summary>
    Measured,
}
