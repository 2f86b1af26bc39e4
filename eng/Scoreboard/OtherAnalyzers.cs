using Shop.Lab;

namespace Shop.Scoreboard;

/// <summary>
/// What analyzers of others find in the cases: they are built in a copy, with those analyzers as packages, and the compiler's log is read.
/// In this process they would not run beside its own compiler.
/// </summary>
internal static class OtherAnalyzers
{
    /// <summary>The table of the cases in which something is found, below the versions of the analyzers.</summary>
    public static async Task<string> ReportAsync(CancellationToken cancellationToken)
    {
        var copy = Directory.CreateTempSubdirectory("other-analyzers-");
        try
        {
            var project = CaseCopy.Create(copy.FullName);
            string[] build = ["build", project, "-v", "quiet", "--nologo", "-nodeReuse:false", "-p:ChecksMemory=false"];
            var (exitCode, output) = await Repository.RunAsync("dotnet", build, copy.FullName, cancellationToken);
            if (exitCode != 0)
                throw new LabException($"The copy of the cases cannot be built: {output}");
            var findings = Directory.EnumerateFiles(copy.FullName, CaseCopy.Log, SearchOption.AllDirectories)
                .SelectMany(log => Sarif.Read(File.ReadAllText(log), copy.FullName))
                .Where(finding => OtherRules.Ids.Contains(finding.Rule)).ToList();
            return new Board(findings).ToMarkdown(all: false);
        }
        finally
        {
            copy.Delete(recursive: true);
        }
    }
}
