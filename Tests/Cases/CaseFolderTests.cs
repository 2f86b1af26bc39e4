using System.Runtime.CompilerServices;
using System.Security;
using Shop.Lab.Cases;
using Shop.ServiceDefaults.Cases;

namespace Shop.Tests.Cases;

/// <summary>The conventions of the case folders: each contains the whole case, and its variants differ in the marked lines.</summary>
public sealed class CaseFolderTests
{
    public static TheoryData<string> Cases => [.. CaseStudies.All.Select(study => study.Id)];

    /// <summary>All but the sets of environment variables, which have no classes.</summary>
    public static TheoryData<string> CasesWithVariants
        => [.. CaseStudies.All.Where(study => study.Variants.Count > 0).Select(study => study.Id)];

    [Theory]
    [MemberData(nameof(CasesWithVariants))]
    public void LeakyMarksTheLeakOnceAndFixedTheFixOnce(string id)
    {
        Assert.Equal(1, Marks(Source(id, CaseVariant.Leaky), "// LEAK: "));
        Assert.Equal(1, Marks(Source(id, CaseVariant.Fixed), "// FIX: "));
    }

    [Theory]
    [MemberData(nameof(CasesWithVariants))]
    public void PublishedMarksItsDefectsWhichHaveATestEachAndIsInTheServiceOnlyIfItIsSwitchable(string id)
    {
        var study = Study(id);
        var isSwitchable = study.Variants.Contains(CaseVariant.Published);
        Assert.Equal(isSwitchable, File.Exists(Source(id, CaseVariant.Published)));
        Assert.Equal(study.PublishedFix == PublishedFix.TestsOnly, File.Exists(TestSource(id)));
        if (study.PublishedFix != PublishedFix.None)
        {
            var defects = Marks(isSwitchable ? Source(id, CaseVariant.Published) : TestSource(id), "// DEFECT: ");
            // The fix of ActivityMetrics has eight.
            Assert.InRange(defects, 1, 8);
            Assert.Equal(defects, TestedCase.DefectTestsOf(study).Count());
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void TheReadmeFitsOnOneScreen(string id)
        => Assert.InRange(File.ReadAllLines(Path.Combine(Folder(id), "README.md")).Length, 10, 60);

    [Theory]
    [MemberData(nameof(CasesWithVariants))]
    public void OnlyARetainedCaseHasARetentionPathAndLeakysSummaryHasItToo(string id)
    {
        Assert.Equal(Study(id).Evidence is Retained, Study(id).RetentionPath is not null);
        var lines = File.ReadLines(Source(id, CaseVariant.Leaky)).Select(line => line.Trim().TrimStart('/', ' '));
        Assert.Contains(SecurityElement.Escape(Study(id).RetentionPath) ?? "", string.Join(' ', lines), StringComparison.Ordinal);
    }

    private static CaseStudy Study(string id) => CaseStudies.All.Single(study => study.Id == id);

    private static int Marks(string source, string mark)
        => File.ReadLines(source).Count(line => line.Contains(mark, StringComparison.Ordinal));

    private static string Source(string id, CaseVariant variant) => Path.Combine(Folder(id), $"{variant}{id}.cs");

    /// <summary>A Published variant that would return wrong data exists only in the tests.</summary>
    private static string TestSource(string id) => Path.Combine(Repository(), "Tests", Project(id), $"Published{id}.cs");

    private static string Folder(string id) => Path.Combine(Repository(), Project(id), id);

    private static string Project(string id) => CaseStudies.ProjectOf(Study(id).Service);

    private static string Repository([CallerFilePath] string thisFile = "")
        => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, "..", ".."));
}
