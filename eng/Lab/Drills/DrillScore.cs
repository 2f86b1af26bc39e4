namespace Shop.Lab.Drills;

/// <summary>
/// The score of a solved drill: 100 points, less one for each full minute, ten for each wrong guess, five for each restart of a service,
/// and one for each ten requests that were answered with 5xx, twenty at most; never less than 0. A drill that was given up has 0.
/// </summary>
internal static class DrillScore
{
    public const int Highest = 100;
    public const int PerMinute = 1;
    public const int PerWrongGuess = 10;
    public const int PerRestart = 5;
    public const int FailuresPerPoint = 10;
    // A leak that is left alone causes them too, and its time is counted already.
    public const int MaxForFailures = 20;

    /// <summary>The points.</summary>
    public static int Of(TimeSpan elapsed, int wrongGuesses, int restarts, long failures)
        => (int)Math.Max(0, Highest - (PerMinute * Math.Floor(elapsed.TotalMinutes)) - (PerWrongGuess * wrongGuesses)
            - (PerRestart * restarts) - Math.Min(MaxForFailures, failures / FailuresPerPoint));
}
