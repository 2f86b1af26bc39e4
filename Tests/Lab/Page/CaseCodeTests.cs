using Shop.Lab.Cases;
using Shop.Lab.Page.Cases.Code;
using Shop.ServiceDefaults.Cases;

namespace Shop.Tests.Lab.Page;

/// <summary>The diffs of the cases' pages, from the sources in the repository.</summary>
public sealed class CaseCodeTests
{
    private static readonly VariantPair Default = VariantPair.All[0];

    public static TheoryData<string, string> Diffs
        => [.. CaseStudies.All.SelectMany(study => CaseCode.Read(study).Pairs.Select(pair => (study.Id, pair.Name)))];

    [Fact]
    public void EveryVariantHasItsMarkedLines()
    {
        var sources = CaseStudies.All.SelectMany(VariantSource.ReadAll).ToList();

        // All but GcSettings have Leaky and Fixed; 10 of the published fixes are in their services, 8 beside the tests.
        Assert.Equal(23, sources.Count(source => IsMarked(source, CaseVariant.Leaky, SourceMark.Bad)));
        Assert.Equal(23, sources.Count(source => IsMarked(source, CaseVariant.Fixed, SourceMark.Good)));
        Assert.Equal(18, sources.Count(source => IsMarked(source, CaseVariant.Published, SourceMark.Bad)));
        Assert.Equal(8, sources.Count(source => source.Files[0].StartsWith("Tests/", StringComparison.Ordinal)));
        Assert.Equal(23 + 23 + 18, sources.Count);
    }

    [Theory]
    [MemberData(nameof(Diffs))]
    public void ADiffHasEveryLineOfBothSourcesOnceAndSaysHowTheyDiffer(string id, string pairName)
    {
        var code = CaseCode.Read(CaseStudies.Find(id)!);
        var pair = code.Choose(pairName)!;
        var rows = code.Compare(pair);

        Assert.Equal(code[pair.Left].Text, string.Join('\n', rows.Select(row => row.Left).Where(IsLine).Select(line => line.Text)));
        Assert.Equal(code[pair.Right].Text, string.Join('\n', rows.Select(row => row.Right).Where(IsLine).Select(line => line.Text)));
        Assert.Contains(rows, row => !row.IsSame);
        Assert.All(rows, row => Assert.Equal(row.IsSame, row.Left.Text == row.Right.Text && IsLine(row.Left) && IsLine(row.Right)));
        Assert.All(rows, row => Assert.Equal(row.Left.Change == LineChange.Removed, !IsLine(row.Right)));
        Assert.All(rows, row => Assert.Equal(row.Right.Change == LineChange.Added, !IsLine(row.Left)));
    }

    [Theory]
    [InlineData("DocumentEvents", "leaky-fixed leaky-published published-fixed")]
    [InlineData("OrderExport", "leaky-fixed leaky-published published-fixed")]
    [InlineData("OrderSummary", "leaky-fixed")]
    [InlineData("GcSettings", "")]
    public void OnlyPairsWhoseSourcesExistAreOffered(string id, string pairs)
        => Assert.Equal(pairs, string.Join(' ', CaseCode.Read(CaseStudies.Find(id)!).Pairs.Select(pair => pair.Name)));

    [Theory]
    [InlineData("published-fixed", "published-fixed")]
    [InlineData("Published-Fixed", "published-fixed")]
    [InlineData("fixed-leaky", "leaky-fixed")]
    [InlineData(null, "leaky-fixed")]
    public void AnUnknownPairIsTheDefault(string? name, string chosen)
        => Assert.Equal(chosen, CaseCode.Read(CaseStudies.Find("DocumentEvents")!).Choose(name)!.Name);

    [Fact]
    public void APairThatTheCaseDoesNotHaveIsTheDefault()
    {
        Assert.Equal(Default, CaseCode.Read(CaseStudies.Find("OrderSummary")!).Choose("leaky-published"));
        Assert.Null(CaseCode.Read(CaseStudies.Find("GcSettings")!).Choose("leaky-fixed"));
    }

    [Fact]
    public void AMarkCoversItsCommentAndTheFirstLineOfCodeAfterIt()
    {
        string[] lines = ["a();", "    // LEAK: one", "    // and more", "    b();", "c();", "// FIX: two", "d();", "e(); // ❌", "f();"];

        Assert.Equal(
            [
                SourceMark.None, SourceMark.Bad, SourceMark.Bad, SourceMark.Bad, SourceMark.None,
                SourceMark.Good, SourceMark.Good, SourceMark.Bad, SourceMark.None,
            ],
            SourceMarks.Of(lines));
    }

    private static bool IsMarked(VariantSource source, CaseVariant variant, SourceMark mark)
        => source.Variant == variant && SourceMarks.Of(source.Text.Split('\n')).Contains(mark);

    private static bool IsLine(DiffLine line) => line.Number is not null;
}
