namespace Shop.ServiceDefaults.Forecast;

/// <summary>
/// Judges the live bytes after collections of generation 2: only these are a leak's signature, since garbage grows too until it is
/// collected. A leak grows without levelling off, either over 30 % of the way to the limit, or so long and so evenly that 40 % of what
/// was alive before has been added, however far the limit. Bounded: about 150 points.
/// </summary>
/// <remarks>
/// The heap alone cannot tell a leak from what fills at a constant rate until it is full. Such a cache is called a leak if it takes more
/// than the shares above.
/// </remarks>
public sealed class LeakDetector
{
    /// <summary>The least number of collections for a trend.</summary>
    public const int MinCollections = 6;

    // Of the way from the window's start to the limit: a leak must be found before half of it, and a day's rhythm may take a quarter.
    private const double MinShareOfWay = 0.3;
    private const double MinPersistence = 0.75;
    // Far from the limit there is time: more points, and a growth that decays less.
    private const int MinEvenPoints = 30;
    private const double MinEvenPersistence = 0.85;
    private const double MinShareOfLive = 0.4;
    private const double Shortening = 0.71;
    private const double NewHigh = 1.05;
    private const double TopShare = 0.95;
    // A leak has ended when it grows at less than this share of its slope.
    private const double EndedShare = 0.25;
    // However even a trend was, a load does not stay more even than this.
    private const double ModelError = 0.15;
    private const double MinFillingPersistence = 0.1;
    private const double FillingShare = 0.05;
    private readonly HeapSeries _series = new();
    private TheilSen? _leak;

    /// <summary>Adds what was alive after a collection and judges.</summary>
    /// <param name="point">The point; later than the last.</param>
    /// <param name="limitBytes">The maximum size of the heap.</param>
    public HeapForecast Add(HeapPoint point, double limitBytes)
    {
        _series.Add(point);
        if (_series.Count < MinCollections)
            return new(HeapVerdict.NotEnoughData, _series.Count, null, null, null);
        var windows = Windows().ToList();
        var leak = windows.Find(window => IsLeak(window, limitBytes));
        if (leak is not null)
            _leak = leak.Trend;
        else if (_leak is { } last && HasEnded(last, windows))
            _leak = null;
        else if (_leak is not null)
            leak = Nearest(_leak.Value, windows);
        return leak is null ? WithoutLeak(windows) : Leak(leak, windows, point, limitBytes);
    }

    // The longest first: it has the most precise trend. Until the past is thinned, it ends with the same points as the recent ones.
    private IEnumerable<HeapWindow> Windows()
        => _series.Count > HeapSeries.MaxPast ? WindowsOf(_series.Past).Concat(WindowsOf(_series.Recent)) : WindowsOf(_series.Past);

    private static IEnumerable<HeapWindow> WindowsOf(IReadOnlyList<HeapPoint> points)
    {
        for (double count = points.Count; count >= HeapWindow.MinPoints; count *= Shortening)
            yield return HeapWindow.Create(points, (int)count);
    }

    private bool IsLeak(HeapWindow window, double limitBytes)
    {
        if (!window.IsSignificant || window.Second.Low <= 0 || window.IsStep() || !IsNewHigh(window))
            return false;
        var isNear = window.Growth >= MinShareOfWay * (limitBytes - window.StartBytes) && window.Persistence >= MinPersistence;
        var isEven = window.Count >= MinEvenPoints && window.Growth >= MinShareOfLive * window.StartBytes
            && window.Persistence >= MinEvenPersistence;
        return isNear || isEven;
    }

    // A day's second rise stays below the first's top; a single burst before is no top.
    private bool IsNewHigh(HeapWindow window)
    {
        var before = _series.Past.Where(point => point.Seconds < window.StartSeconds).Select(point => point.Bytes).Order().ToList();
        return before.Count == 0 || window.ReachedBytes > NewHigh * before[(int)(TopShare * (before.Count - 1))];
    }

    // The last points decide.
    private static bool HasEnded(TheilSen leak, List<HeapWindow> windows)
        => windows is not [.., var last] || last.Trend.High < leak.Slope * EndedShare || last.Trend.Slope <= 0;

    // One that grows, and the last does: without growth the time to the limit would have no meaning.
    private static HeapWindow Nearest(TheilSen leak, List<HeapWindow> windows)
        => windows.Where(window => window.Trend.Slope > 0).MinBy(window => Math.Abs(window.Trend.Slope - leak.Slope))!;

    private HeapForecast Leak(HeapWindow window, List<HeapWindow> windows, HeapPoint point, double limitBytes)
    {
        // The interval of the trend does not know that the load changes: windows of other lengths do, and what the halves differ by may
        // come once more.
        var change = window.Second.Slope - window.First.Slope;
        double[] slopes =
        [
            window.Trend.Low, window.Trend.High, window.First.Slope, window.Second.Slope, window.Second.Slope + (1.25 * change),
            .. windows.Where(other => other.IsSignificant && other.Seconds >= window.Seconds / 4).Select(other => other.Trend.Slope),
        ];
        var (low, high) = (slopes.Min() * (1 - ModelError), slopes.Max() * (1 + ModelError));
        var live = window.EndBytes + (window.Second.Slope * (point.Seconds - window.StartSeconds - window.Seconds));
        var way = Math.Max(0, limitBytes - live);
        var time = new TimeToLimit(
            way / window.Trend.Slope, Math.Max(0, way - window.EndError) / high, low > 0 ? (way + window.EndError) / low : null);
        return new(HeapVerdict.Leak, _series.Count, window.Trend with { Low = low, High = high }, live, time);
    }

    private HeapForecast WithoutLeak(List<HeapWindow> windows)
    {
        var points = _series.Recent.Select(recent => (recent.Seconds, recent.Bytes)).ToArray();
        var trend = TheilSen.Fit(points);
        var grows = windows.Exists(Fills) || (windows.Count == 0 && trend.Low > 0);
        return new(grows ? HeapVerdict.Filling : HeapVerdict.Steady, _series.Count, trend, points[^1].Bytes, null);
    }

    private static bool Fills(HeapWindow window)
        => window.IsSignificant && window.Second.Low > 0 && window.Persistence >= MinFillingPersistence
            && window.Growth >= FillingShare * window.StartBytes;
}
