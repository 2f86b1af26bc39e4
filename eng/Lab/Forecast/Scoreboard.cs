using Spectre.Console;

namespace Shop.Lab.Forecast;

/// <summary>The scored series by kind, the detector beside the article's.</summary>
internal static class Scoreboard
{
    public static void Print()
    {
        Print("Scored", SeriesSets.Scored());
        Print("Held out", SeriesSets.HeldOut());
        Print("Cannot be told from the heap, and in neither set", SeriesSets.Undecidable());
        Console.WriteLine(
            "In time: the leak is told before half of the way to its limit. Interval: how often it holds the true time to the limit.");
    }

    private static void Print(string title, IEnumerable<ScoredSeries> series)
    {
        var scores = series.Select(SeriesScore.Of).ToList();
        var table = new Table { Title = new(title) }.RoundedBorder()
            .AddColumns("series", "number", "false alarms", "in time", "interval", "article's: false alarms", "article's: found");
        foreach (var kind in scores.GroupBy(score => score.Series.Kind))
            AddRow(table, kind.Key, [.. kind]);
        foreach (var half in scores.GroupBy(score => score.Series.Leak is null))
            AddRow(table, half.Key ? "all without a leak" : "all leaks", [.. half]);
        AnsiConsole.Write(table);
    }

    private static void AddRow(Table table, string name, List<SeriesScore> scores)
    {
        var isLeak = scores[0].Series.Leak is not null;
        var warned = $"{scores.Count(score => score.Published is not null)}";
        table.AddRow(
            Markup.Escape(name), $"{scores.Count}", $"{scores.Count(score => score.IsFalse)}",
            isLeak ? $"{scores.Count(score => score.IsInTime)}" : "", isLeak ? Share(scores) : "",
            isLeak ? "" : warned, isLeak ? warned : "");
    }

    private static string Share(List<SeriesScore> scores) => FormattableString.Invariant($"{SeriesScore.Coverage(scores):P0}");
}
