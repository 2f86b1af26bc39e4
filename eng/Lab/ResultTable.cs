using System.CommandLine;
using Spectre.Console;

namespace Shop.Lab;

/// <summary>Shows results of which a README has a copy.</summary>
internal static class ResultTable
{
    /// <summary>The option of a command that chooses Markdown.</summary>
    public static Option<bool> CreateOption() => new("--markdown") { Description = "Print the table as Markdown" };

    /// <summary>Writes them to the console, as a table or as Markdown.</summary>
    public static void Write(string[] columns, IEnumerable<string[]> rows, bool markdown)
    {
        if (markdown)
        {
            foreach (var row in rows.Prepend([.. columns.Select(_ => "---")]).Prepend(columns))
                Console.WriteLine($"| {string.Join(" | ", row)} |");
            return;
        }
        var table = new Table().RoundedBorder().AddColumns(columns);
        foreach (var row in rows)
            table.AddRow([.. row.Select(Markup.Escape)]);
        AnsiConsole.Write(table);
    }
}
