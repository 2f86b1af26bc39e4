using Shop.Lab;
using Shop.Lab.Cases;
using Shop.Tests.Lab;

namespace Shop.Tests.Cases;

/// <summary>The facts of a case are stated once: the READMEs have them from <c>lab cases --markdown --write</c>.</summary>
public sealed class ReadmeFactsTests
{
    public static TheoryData<string> Readmes => [.. ReadmeFacts.All.Select(facts => facts.Readme)];

    [Theory]
    [MemberData(nameof(Readmes))]
    public void AReadmeHasTheFactsOfTheCases(string readme)
    {
        var text = Read(readme);
        Assert.Equal(Facts(readme).Update(text), text);
    }

    [Theory]
    [MemberData(nameof(Readmes))]
    public void AReadmeDoesNotRepeatTheMeasuredValues(string readme)
    {
        var (before, after) = Facts(readme).Split(Read(readme));
        var values = CaseStudies.All.Where(study => study.Evidence.Expected is not null)
            .Select(study => CaseMarkdown.Evidence(study.Evidence).Split(' ')[0])
            // A text may contain small numbers for other reasons.
            .Where(value => value.Length > 2);
        Assert.All(values, value => Assert.DoesNotMatch($@"(?<![\d,.]){value}(?![\d,.])", before + after));
    }

    [Fact]
    public void AReadmeWithoutAPlaceForTheFactsIsAnError()
        => Assert.StartsWith("README.md needs the lines", Assert.Throws<LabException>(() => Facts("README.md").Update("# Shop")).Message);

    [Fact]
    public async Task TheCommandPrintsTheFactsWithoutTheShop()
    {
        var (exitCode, output, error) = await LabProcess.RunAsync("cases", "--markdown");

        Assert.Equal((CommandLine.Done, ""), (exitCode, error));
        Assert.All(ReadmeFacts.All, facts => Assert.Contains(facts.Markdown, output, StringComparison.Ordinal));
    }

    private static ReadmeSection Facts(string readme) => ReadmeFacts.All.Single(facts => facts.Readme == readme);

    private static string Read(string readme) => File.ReadAllText(Path.Combine(Repository.Folder, readme));
}
