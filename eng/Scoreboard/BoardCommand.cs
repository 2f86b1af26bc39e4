using System.CommandLine;
using System.Globalization;
using System.Text;

namespace Shop.Scoreboard;

/// <summary><c>board</c>: the scoreboard of the Shop's rules, and beside it of analyzers that exist.</summary>
internal static class BoardCommand
{
    public static Command Create()
    {
        var others = new Option<bool>("--others") { Description = "Also runs analyzers that exist: NetAnalyzers, Sonar and others." };
        var write = new Option<bool>("--write") { Description = "Writes the table of the Shop's rules into eng/Analyzers/README.md." };
        var command = new Command("board", "Prints which rules find something in the variants of each case.") { others, write };
        command.SetAction(parse =>
        {
            var output = parse.InvocationConfiguration.Output;
            output.Write(Board.Ours.ToMarkdown());
            if (parse.GetValue(write))
                BoardReadme.Write();
            if (parse.GetValue(others))
                output.Write(Compare());
        });
        return command;
    }

    // Any rule with a finding in the file counts, so that this flatters them: most of it is about style.
    private static string Compare()
    {
        var table = new StringBuilder("\n| analyzers | rules that find something in Leaky or Published, in no Fixed | findings |\n"
            + "| --- | --- | --- |\n");
        foreach (var other in OtherAnalyzers.All)
        {
            var analyzers = other.Load();
            var board = new Board([.. ShopSources.Compile().SelectMany(compilation
                => Analysis.Run(compilation, analyzers, Repository.Folder, isStrict: false)).Select(Finding.Of)]);
            var paths = Variant.All.Select(variant => variant.Path).ToHashSet();
            var fixedRules = Variant.All.Where(variant => variant.Name == Variant.Fixed).SelectMany(board.RulesIn).ToHashSet();
            var only = Variant.All.Where(variant => variant.Name is Variant.Leaky or Variant.Published)
                .SelectMany(variant => board.RulesIn(variant).Where(rule => !fixedRules.Contains(rule))
                    .Select(rule => $"{rule} {variant.Name}{variant.Case}"));
            table.AppendLine(CultureInfo.InvariantCulture,
                $"| {other.Name} | {string.Join(", ", only)} | {board.Findings.Count(finding => paths.Contains(finding.Path))} |");
        }
        return table.ToString();
    }
}
