using System.Globalization;
using Shop.ServiceDefaults.Telemetry;
using Shop.ServiceDefaults;

namespace Shop.Lab.Load;

/// <summary>
/// What happened between two readings of the statistics; progress shows it, since an average over hours hides the last minute.
/// </summary>
internal sealed class LoadInterval(LoadReading earlier, LoadReading now)
{
    private const int MaxErrorsShown = 3;

    public double RequestsPerSecond { get; } = PerSecond(now.Answered - earlier.Answered, earlier, now);

    public double ArrivalsPerSecond { get; } = PerSecond(now.Arrivals - earlier.Arrivals, earlier, now);

    public double OrdersPerSecond { get; } = PerSecond(now.Settled + now.Declined - earlier.Settled - earlier.Declined, earlier, now);

    public LatencyCounts PlaceToSettled { get; } = now.PlaceToSettled.Since(earlier.PlaceToSettled);

    /// <summary>One line for logs and consoles without a cursor.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Durations.Show(now.Elapsed)}  {now.Arrivals} arrivals ({now.InFlight} in the shop, {now.Dropped} dropped)  {now.Settled} settled, {now.Declined} declined, {now.Unsettled} unsettled  {RequestsPerSecond:F0} req/s  place-to-settled p50 {Show(PlaceToSettled, 0.5)} p95 {Show(PlaceToSettled, 0.95)} p99 {Show(PlaceToSettled, 0.99)}  {Errors(now)}");

    /// <summary>A percentile in words.</summary>
    public static string Show(LatencyCounts latency, double share) => latency.Percentile(share) switch
    {
        null => "-",
        { TotalMilliseconds: < 10 } value => string.Create(CultureInfo.InvariantCulture, $"{value.TotalMilliseconds:F1} ms"),
        { TotalSeconds: < 10 } value => string.Create(CultureInfo.InvariantCulture, $"{value.TotalMilliseconds:F0} ms"),
        { } value => string.Create(CultureInfo.InvariantCulture, $"{value.TotalSeconds:F1} s"),
    };

    /// <summary>The most frequent errors.</summary>
    public static string Errors(LoadReading now)
    {
        if (now.Errors.Count == 0)
            return "no errors";
        var shown = string.Join("; ", now.Errors.Take(MaxErrorsShown).Select(error => $"{error.Name} ×{error.Count}"));
        return $"{now.Failed} errors: {shown}{(now.Errors.Count > MaxErrorsShown ? "; …" : "")}";
    }

    private static double PerSecond(long count, LoadReading earlier, LoadReading now)
        => now.Elapsed > earlier.Elapsed ? count / (now.Elapsed - earlier.Elapsed).TotalSeconds : 0;
}
