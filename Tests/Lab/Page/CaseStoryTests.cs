using Shop.Lab.Cases;
using Shop.Lab.Page.Cases.Code;
using Shop.Lab.Page.Cases.Story;
using Shop.Lab.Page.Cases.Switching;

namespace Shop.Tests.Lab.Page;

/// <summary>What the cases' pages tell from the READMEs and from the running service.</summary>
public sealed class CaseStoryTests
{
    public static TheoryData<string> Cases => [.. CaseStudies.All.Select(study => study.Id)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void EveryReadmeTellsItsSymptomAndTheBadAndTheGoodLines(string id)
    {
        var readme = CaseReadme.Read(CaseStudies.Find(id)!);
        var lines = readme.RootCause.SelectMany(block => block.Lines).ToList();

        Assert.InRange(readme.Symptom.Length, 40, 600);
        Assert.Contains(lines, line => SourceMarks.OfLine(line) == SourceMark.Bad);
        Assert.Contains(lines, line => SourceMarks.OfLine(line) == SourceMark.Good);
        Assert.Contains(readme.RootCause, block => block.Kind == ReadmeBlockKind.Code);
        Assert.DoesNotContain(lines, line => line.StartsWith("csharp", StringComparison.Ordinal));
    }

    [Fact]
    public void TheDefectsOfThePublishedFixAreAList()
    {
        var blocks = CaseReadme.Read(CaseStudies.Find("DocumentEvents")!).PublishedFix;

        Assert.Equal([ReadmeBlockKind.Paragraph, ReadmeBlockKind.List], blocks.Select(block => block.Kind));
        Assert.Equal(2, blocks[1].Lines.Count);
        Assert.StartsWith("removing a handler copies", blocks[1].Lines[0], StringComparison.Ordinal);
        Assert.Equal(21 + 1, CaseStudies.All.Count(study => CaseReadme.Read(study).PublishedFix.Count > 0));
    }

    [Fact]
    public void EmphasisAndLinksAreLeftOut()
        => Assert.All(
            CaseStudies.All.Select(CaseReadme.Read).SelectMany(readme => readme.RootCause.Concat(readme.PublishedFix))
                .Where(block => block.Kind != ReadmeBlockKind.Code).SelectMany(block => block.Lines),
            line => Assert.DoesNotMatch(@"\*\*|\]\(|^- ", line));

    [Fact]
    public void ATextIsSplitAtItsCodeAndMarks()
        => Assert.Equal(["", "❌", " Leaky: ", "`Set<T>`", " at once"], TextParts.Split("❌ Leaky: `Set<T>` at once"));

    [Theory]
    [InlineData("DocumentEvents", "DocumentEvents")]
    [InlineData("documentevents", "DocumentEvents")]
    [InlineData("DocumentEvent", null)]
    [InlineData("../README", null)]
    [InlineData(null, null)]
    public void AnUnknownIdIsNoCase(string? id, string? found) => Assert.Equal(found, CaseStudies.Find(id)?.Id);

    [Theory]
    [InlineData(1234, 5000L, false, "holds 1,234 of at most 5,000 items, then its fuse trips")]
    [InlineData(1234, null, false, "holds 1,234 items; it has no fuse")]
    [InlineData(5001, 5000L, true,
        "holds 5,001 items; its fuse has tripped, the limit is 5,000: requests that feed it get 503 until it is reset or switched")]
    public void WhatIsHeldIsToldWithTheFuse(long held, long? fuse, bool isTripped, string text)
        => Assert.Equal(text, HeldText.Of(new CaseState("DocumentEvents", "Leaky", held, fuse, isTripped, "documents-1")));
}
