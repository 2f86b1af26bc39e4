using Shop.Lab.Proof.Measuring;

namespace Shop.Lab.Baselines;

/// <summary>How what is alive in a service has changed since an earlier record of the same load.</summary>
/// <param name="Service">The service.</param>
/// <param name="Since">When the earlier record was made.</param>
/// <param name="Bytes">What is alive now.</param>
/// <param name="Change">The difference, with its interval.</param>
/// <param name="Tolerance">A larger growth is one.</param>
internal sealed record BaselineChange(string Service, DateTimeOffset Since, Interval Bytes, Interval Change, double Tolerance)
{
    // Buffers and pools of the framework differ by this much between two runs of the same program.
    private const double MinTolerance = 1024 * 1024;
    private const double ToleranceShare = 0.05;
    private static readonly TimeSpan FourWeeks = TimeSpan.FromDays(28);
    private static readonly TimeSpan MaxDistance = TimeSpan.FromDays(10);

    /// <summary>Whether it grew, with all of the interval.</summary>
    public bool HasGrown => Change.Against(Tolerance) == Finding.Grows;

    /// <summary>
    /// Compares a record with the last one of the same load, and with that of four weeks before: a slow leak is below the tolerance from
    /// week to week.
    /// </summary>
    public static IReadOnlyList<BaselineChange> Find(BaselineRecord now, IEnumerable<BaselineRecord> records)
    {
        var comparable = records.Where(record => record.Time < now.Time && record.IsComparable(now))
            .OrderBy(record => record.Time).ToList();
        var last = comparable.LastOrDefault();
        var monthAgo = comparable.Where(record => Distance(record) <= MaxDistance).MinBy(Distance);
        return [.. new[] { last, monthAgo }.OfType<BaselineRecord>().Distinct().SelectMany(then => Compare(now, then))];

        TimeSpan Distance(BaselineRecord record) => (now.Time - FourWeeks - record.Time).Duration();
    }

    private static IEnumerable<BaselineChange> Compare(BaselineRecord now, BaselineRecord then)
        => from service in now.LiveBytes.Keys
           where then.LiveBytes.ContainsKey(service)
           let before = then.Of(service)
           select new BaselineChange(service, then.Time, now.Of(service), now.Of(service) - before,
               Math.Max(MinTolerance, ToleranceShare * before.Estimate));
}
