using Shop.ServiceDefaults.Cases;

namespace Shop.Lab.Page.Live;

/// <summary>Something that happened to an instance, at its place on the time axis.</summary>
public sealed record LiveMark(DateTimeOffset Time, string Text)
{
    /// <summary>What happened between two samples of an instance.</summary>
    public static IEnumerable<LiveMark> Between(LiveSample earlier, LiveSample now)
    {
        if (now.Started != earlier.Started)
            return [new(now.Time, $"restarted, process {now.ProcessId}")];
        var collect = now.Collects > earlier.Collects ? [new(now.Time, "garbage collected")] : Enumerable.Empty<LiveMark>();
        if (IsDrill(now) != IsDrill(earlier))
            return [.. collect, new(now.Time, IsDrill(now) ? "drill started" : "drill ended")];
        return now.Cases.Join(earlier.Cases, study => study.Case, study => study.Case, (study, before) => OfCase(now.Time, study, before))
            .SelectMany(marks => marks).Concat(collect);
    }

    /// <summary>Whether a drill is on. Every case appears to change its variant when it begins and ends.</summary>
    internal static bool IsDrill(LiveSample sample) => sample.Cases.Any(state => state.Variant == CaseSample.Hidden);

    private static IEnumerable<LiveMark> OfCase(DateTimeOffset time, CaseSample now, CaseSample then)
    {
        if (now.Variant != then.Variant)
            yield return new(time, $"{now.Case} {now.Variant}");
        if (now.Resets > then.Resets)
            yield return new(time, $"{now.Case} reset");
        if (now.Tripped && !then.Tripped)
            yield return new(time, $"{now.Case}: its fuse tripped");
    }
}
