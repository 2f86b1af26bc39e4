namespace Shop.ServiceDefaults.Forecast;

/// <summary>The last points of a series with their trend: over the whole window, and in its halves.</summary>
internal sealed class HeapWindow
{
    /// <summary>The least number of points: six in each half.</summary>
    public const int MinPoints = 12;

    // The levels whose rises are compared.
    private const int Blocks = 4;
    private const int EndPoints = 5;
    private const double MaxStep = 0.55;
    // 99.9 %: several windows are judged after every collection.
    private const double StrictScore = 3.29;
    private readonly (double X, double Y)[] _points;

    private HeapWindow(List<(double X, double Y)> points)
    {
        _points = [.. points];
        Trend = TheilSen.Fit(_points);
        var half = _points.Length / 2;
        First = TheilSen.Fit(_points.AsSpan(0, half));
        Second = TheilSen.Fit(_points.AsSpan(_points.Length - half));
        StartBytes = Middle(_points.AsSpan(0, EndPoints));
        ReachedBytes = Middle(_points.AsSpan(_points.Length - EndPoints));
        (EndBytes, EndError) = LevelAt(_points[^1].X, Second.Slope, _points.AsSpan(_points.Length - half));
    }

    public int Count => _points.Length;

    public double StartSeconds => _points[0].X;

    public double Seconds => _points[^1].X - _points[0].X;

    public TheilSen Trend { get; }

    public TheilSen First { get; }

    public TheilSen Second { get; }

    /// <summary>Whether the growth is beyond the noise.</summary>
    public bool IsSignificant => Trend.Score >= StrictScore;

    /// <summary>The median of the first points.</summary>
    public double StartBytes { get; }

    /// <summary>The median of the last points: a line would overshoot a curve.</summary>
    public double ReachedBytes { get; }

    /// <summary>The second half's level at the last point.</summary>
    public double EndBytes { get; }

    /// <summary>How far the true level may be from <see cref="EndBytes"/>.</summary>
    public double EndError { get; }

    public double Growth => ReachedBytes - StartBytes;

    /// <summary>The second half's slope as a share of the first's: below 1 if the growth decays; 1 if only the second grows.</summary>
    public double Persistence => Second.Slope <= 0 ? 0 : First.Slope <= 0 ? 1 : Second.Slope / First.Slope;

    /// <summary>The window of the last points.</summary>
    public static HeapWindow Create(IReadOnlyList<HeapPoint> points, int count)
    {
        var window = new List<(double, double)>(count);
        for (var index = points.Count - count; index < points.Count; index++)
            window.Add((points[index].Seconds, points[index].Bytes));
        return new(window);
    }

    // One of the values: the mean of two would hide a step between them.
    private static double Middle(ReadOnlySpan<(double X, double Y)> points)
    {
        var values = new double[points.Length];
        for (var index = 0; index < points.Length; index++)
            values[index] = points[index].Y;
        Array.Sort(values);
        return values[values.Length / 2];
    }

    // The error at the end of a line is twice that of its middle.
    private static (double Level, double Error) LevelAt(double x, double slope, ReadOnlySpan<(double X, double Y)> points)
    {
        var offsets = new double[points.Length];
        for (var index = 0; index < points.Length; index++)
            offsets[index] = points[index].Y - (slope * points[index].X);
        Array.Sort(offsets);
        var offset = TheilSen.Median(offsets);
        var deviations = offsets.Select(value => Math.Abs(value - offset)).Order().ToArray();
        // Of a normal distribution, the median of the deviations is 0.674 standard deviations.
        var deviation = TheilSen.Median(deviations) / 0.674;
        return (offset + (slope * x), 2 * 2 * deviation / Math.Sqrt(points.Length));
    }

    /// <summary>Whether most of the growth is one step, as after a burst or a change of the load.</summary>
    public bool IsStep()
    {
        var levels = new double[Blocks + 1];
        levels[Blocks] = ReachedBytes;
        for (var block = 0; block < Blocks; block++)
        {
            var from = block * Count / Blocks;
            levels[block] = Middle(_points.AsSpan(from, ((block + 1) * Count / Blocks) - from));
        }
        var total = levels[^1] - levels[0];
        for (var block = 1; block < levels.Length; block++)
        {
            if (levels[block] - levels[block - 1] > MaxStep * total)
                return true;
        }
        return false;
    }
}
