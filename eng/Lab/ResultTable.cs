using Spectre.Console;

namespace Shop.Lab;

/// <summary>A table of a command: for a terminal, or for a README.</summary>
internal static class ResultTable
{
    /// <summary>Writes it to the console.</summary>
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
