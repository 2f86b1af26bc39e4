namespace Shop.Lab.Diagnosis;

/// <summary>
/// When the next snapshot is due. Each interval is a third of the time that it ends, or more: a shorter one cannot tell growth from what
/// comes and goes, and in an hour the process stands still some fifteen times.
/// </summary>
internal static class Pace
{
    /// <summary>Not before this time, and not after the limit. All in seconds since the diagnosis began.</summary>
    /// <param name="first">When the first snapshot was taken.</param>
    /// <param name="last">When the last one was.</param>
    /// <param name="limit">When the diagnosis ends.</param>
    public static double Next(double first, double last, double limit) => Math.Min(last + ((last - first) / 2), limit);
}
