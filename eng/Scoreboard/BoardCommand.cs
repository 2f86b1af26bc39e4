using System.CommandLine;

namespace Shop.Scoreboard;

/// <summary><c>board</c>: the scoreboard of the Shop's rules.</summary>
internal static class BoardCommand
{
    public static Command Create()
    {
        var write = new Option<bool>("--write") { Description = "Writes the table into eng/Analyzers/README.md." };
        var command = new Command("board", "Prints which rules find something in the variants of each case.") { write };
        command.SetAction(parse =>
        {
            parse.InvocationConfiguration.Output.Write(Board.Ours.ToMarkdown());
            if (parse.GetValue(write))
                BoardReadme.Write();
        });
        return command;
    }
}
