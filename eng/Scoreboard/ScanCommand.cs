using System.CommandLine;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Shop.Analyzers;

namespace Shop.Scoreboard;

/// <summary><c>scan</c>: what the Shop's rules find in any folder of C# files.</summary>
internal static class ScanCommand
{
    public static Command Create()
    {
        var folder = new Argument<DirectoryInfo>("folder")
        {
            Description = "The folder; each project in it is compiled with those that it refers to.",
        };
        folder.AcceptExistingOnly();
        var command = new Command("scan", "Lists what the Shop's rules find in the C# files of a folder.") { folder };
        command.SetAction(parse => Scan(parse.GetValue(folder)!.FullName, parse.InvocationConfiguration.Output));
        return command;
    }

    private static void Scan(string root, TextWriter output)
    {
        var (lines, count) = (0, 0);
        foreach (var compilation in new Projects(root).Compile())
        {
            lines += compilation.SyntaxTrees.Where(tree => Path.IsPathRooted(tree.FilePath)).Sum(tree => tree.GetText().Lines.Count);
            foreach (var finding in Analysis.Run(compilation, [new LeakAnalyzer()], root))
            {
                var at = finding.Location.GetLineSpan();
                var severity = finding.Descriptor.DefaultSeverity == DiagnosticSeverity.Warning ? "warning" : "info";
                output.WriteLine($"{Path.GetRelativePath(root, at.Path)}:{at.StartLinePosition.Line + 1}: {severity} {finding.Id}"
                    + $"{(finding.IsSuppressed ? " (suppressed)" : "")}: {finding.GetMessage(CultureInfo.InvariantCulture)}");
                count++;
            }
        }
        output.WriteLine($"{count} findings in {lines} lines");
    }
}
