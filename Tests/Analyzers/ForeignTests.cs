using Shop.Analyzers;
using Shop.Scoreboard;

namespace Shop.Tests.Analyzers;

/// <summary>Code that was written after the rules, in other words than the Shop's: the files below Foreign.</summary>
public sealed class ForeignTests
{
    private const int Leaks = 16;
    private const int LeaksToFind = 12;
    private const int HealthyClasses = 8;

    [Fact]
    public void MostOtherLeaksAreFound()
    {
        var found = Find("Leaks", Leaks);
        Assert.True(found.Count >= LeaksToFind, string.Join(", ", found));
    }

    [Fact]
    public void NoHealthyClassIsAccused() => Assert.Empty(Find("Healthy", HealthyClasses));

    // The files with a finding.
    private static List<string> Find(string folder, int count)
    {
        var files = Sources.In(Path.Combine(Repository.Folder, "Tests", "Analyzers", "Foreign", folder)).ToList();
        Assert.Equal(count, files.Count);
        return [.. Analysis.Run(Sources.Compile("Foreign", files), [new LeakAnalyzer()], Repository.Folder)
            .Select(finding => Path.GetFileName(finding.Location.GetLineSpan().Path)).Distinct().Order(StringComparer.Ordinal)];
    }
}
