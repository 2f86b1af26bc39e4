using Shop.ServiceDefaults.Forecast;

namespace Shop.Lab.Proof.Measuring;

/// <summary>An estimate with its 95 % interval or, of <see cref="Range"/>, all values.</summary>
internal readonly record struct Interval(double Estimate, double Low, double High)
{
    /// <summary>Theil and Sen's slope, with Sen's interval.</summary>
    public static Interval Slope(IReadOnlyList<(double X, double Y)> points)
    {
        var trend = TheilSen.Fit([.. points]);
        return new(trend.Slope, trend.Low, trend.High);
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
        return new(TheilSen.Median(sorted), sorted[rank - 1], sorted[^rank]);
    }

    /// <summary>The median with the least and the highest value, where there are too few for an interval of 95 %.</summary>
    public static Interval Range(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return new(TheilSen.Median(sorted), sorted[0], sorted[^1]);
    }

    /// <summary>The difference; its interval assumes the worst of both.</summary>
    public static Interval operator -(Interval left, Interval right) => new(left.Estimate - right.Estimate, left.Low - right.High, left.High - right.Low);

    /// <summary>Compares it with a threshold: all above, none above, or inconclusive.</summary>
    public Finding Against(double threshold) => Low > threshold ? Finding.Grows : High <= threshold ? Finding.Flat : Finding.Inconclusive;
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
