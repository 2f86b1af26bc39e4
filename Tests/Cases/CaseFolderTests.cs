using System.Runtime.CompilerServices;
using Shop.Lab.Cases;
using Shop.ServiceDefaults.Cases;

namespace Shop.Tests.Cases;

/// <summary>The conventions of the case folders: each contains the whole case, and its variants differ in the marked lines.</summary>
public sealed class CaseFolderTests
{
    public static TheoryData<string> Cases => [.. CaseStudies.All.Select(study => study.Id)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void LeakyMarksTheLeakOnceAndFixedTheFixOnce(string id)
    {
        Assert.Equal(1, Marks(Source(id, CaseVariant.Leaky), "// LEAK: "));
        Assert.Equal(1, Marks(Source(id, CaseVariant.Fixed), "// FIX: "));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void PublishedMarksItsDefectsAndIsInTheServiceOnlyIfItIsSwitchable(string id)
    {
        var study = Study(id);
        var isSwitchable = study.Variants.Contains(CaseVariant.Published);
        Assert.Equal(isSwitchable, File.Exists(Source(id, CaseVariant.Published)));
        Assert.Equal(study.PublishedDefect is not null && !isSwitchable, File.Exists(TestSource(id)));
        Assert.True(study.PublishedDefect is not null || !isSwitchable, "The switchable Published variant has no PublishedDefect.");
        if (study.PublishedDefect is not null)
            Assert.InRange(Marks(isSwitchable ? Source(id, CaseVariant.Published) : TestSource(id), "// DEFECT: "), 1, 5);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void TheReadmeFitsOnOneScreenAndNamesTheArticle(string id)
    {
        var readme = File.ReadAllLines(Path.Combine(Folder(id), "README.md"));
        Assert.InRange(readme.Length, 10, 60);
        var text = string.Join(' ', readme);
        Assert.Contains($"\"{Study(id).Article.Title}\"", text, StringComparison.Ordinal);
        Assert.Contains($"\"{Study(id).Article.Section}\"", text, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void OnlyARetainedCaseHasARetentionPath(string id)
        => Assert.Equal(Study(id).Evidence is Retained, Study(id).RetentionPath is not null);

    private static CaseStudy Study(string id) => CaseStudies.All.Single(study => study.Id == id);

    private static int Marks(string source, string mark)
        => File.ReadLines(source).Count(line => line.Contains(mark, StringComparison.Ordinal));

    private static string Source(string id, CaseVariant variant) => Path.Combine(Folder(id), $"{variant}{id}.cs");

    /// <summary>A Published variant that would return wrong data exists only in the tests.</summary>
    private static string TestSource(string id) => Path.Combine(Repository(), "Tests", Project(id), $"Published{id}.cs");

    private static string Folder(string id) => Path.Combine(Repository(), Project(id), id);

    private static string Project(string id) => char.ToUpperInvariant(Study(id).Service[0]) + Study(id).Service[1..];

    private static string Repository([CallerFilePath] string thisFile = "")
        => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, "..", ".."));
}
