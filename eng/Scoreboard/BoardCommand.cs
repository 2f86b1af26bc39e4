using System.CommandLine;
using Shop.Lab;
using Shop.Lab.Cases;

namespace Shop.Scoreboard;

/// <summary><c>board</c>, <c>others</c>, <c>checklist</c>: the tables of the README.</summary>
internal static class BoardCommand
{
    /// <summary>The README with both tables.</summary>
    public const string Readme = "eng/Analyzers/README.md";

    /// <summary>The scoreboard of the Shop's rules.</summary>
    public static ReadmeSection Ours => new(Readme, "scoreboard board", Board.Ours.ToMarkdown());

    /// <summary>The articles' checklist.</summary>
    public static ReadmeSection Checks => new(Readme, "scoreboard checklist", Checklist.Table(CaseStudies.All));

    public static Command CreateChecklist()
        => Create("checklist", "Prints the articles' checklist, answered for each case.", _ => Task.FromResult(Checks));

    public static Command Create()
        => Create("board", "Prints which rules find something in the variants of each case.", _ => Task.FromResult(Ours));

    public static Command CreateOthers()
        => Create("others", "Builds a copy of the cases with the analyzers of others, and prints what they find. Takes some minutes.",
            async cancellation => new(Readme, "scoreboard others", await OtherAnalyzers.ReportAsync(cancellation)));

    private static Command Create(string name, string description, Func<CancellationToken, Task<ReadmeSection>> read)
    {
        var write = new Option<bool>("--write") { Description = $"Writes the table into {Readme}." };
        var command = new Command(name, description) { write };
        command.SetCancellableAction(async (parsed, cancellation) =>
        {
            var section = await read(cancellation);
            await parsed.InvocationConfiguration.Output.WriteAsync(section.Markdown);
            if (parsed.GetValue(write))
                section.Write();
            return CommandLine.Done;
        });
        return command;
    }
}
