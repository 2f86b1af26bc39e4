using System.Globalization;

namespace Shop.Lab.Drills;

/// <summary>A drill in words.</summary>
internal static class DrillText
{
    /// <summary>The time since the start, or the whole time.</summary>
    public static string Elapsed(DrillView drill)
        => TimeSpan.FromSeconds(Math.Floor(drill.ElapsedSeconds)).ToString("c", CultureInfo.InvariantCulture);

    /// <summary>The outcome of an answer.</summary>
    public static string Of(DrillVerdict verdict, DrillView drill) => verdict switch
    {
        DrillVerdict.Wrong => "Wrong: service, case and root are not those of a case of this drill.",
        DrillVerdict.Repeated => "This one was found already; there is another.",
        _ when drill.State == DrillState.On => "Right. There is another one.",
        _ => "Right.",
    };

    /// <summary>The lines of the command line.</summary>
    public static IEnumerable<string> Lines(DrillView drill)
    {
        if (drill.State == DrillState.Off)
            return ["No drill is on."];
        var counts = string.Create(CultureInfo.InvariantCulture,
            $"{Elapsed(drill)}, {drill.WrongGuesses} wrong guesses, {drill.Restarts} restarts, {drill.Failures} answers 5xx");
        var head = $"Drill of level {drill.Level}, seed {drill.Seed}: {drill.Found?.Count ?? 0} of {drill.Cases} found; {counts}.";
        var result = drill.Result is null ? [] : Lines(drill.Result);
        return drill.Unrestored is { } reason ? [head, .. result, reason] : [head, .. result];
    }

    private static IEnumerable<string> Lines(DrillResult result)
        =>
        [
            result.IsSolved ? $"Solved: {result.Score} of {DrillScore.Highest} points." : "Given up: 0 points.",
            .. result.Cases.Select(solution => $"{solution.Service}: {solution.Case}, {solution.RetentionPath ?? "which retains nothing"}"),
        ];
}
