using Shop.Lab;
using Shop.Scoreboard;

namespace Shop.Tests.Analyzers;

/// <summary>What the Shop's rules find in its own cases. The compiler would not let the build pass without the suppressions.</summary>
public sealed class ScoreboardTests
{
    /// <summary>Its failure is in no code, but in the settings of the process.</summary>
    private const string NoClasses = "GcSettings";

    public static TheoryData<string> Cases => [.. Variant.All.Select(variant => variant.Case).Distinct()];

    [Theory, MemberData(nameof(Cases))]
    public void LeakyIsFoundAndFixedIsNot(string @case)
    {
        var variants = Variant.All.Where(variant => variant.Case == @case).ToDictionary(variant => variant.Name);
        Assert.NotEmpty(Board.Ours.RulesIn(variants[Variant.Leaky]));
        // Some cases have their Fixed in other files.
        Assert.Empty(variants.TryGetValue(Variant.Fixed, out var @fixed) ? Board.Ours.RulesIn(@fixed) : []);
    }

    [Fact]
    public void EachCaseWithClassesIsThere()
        => Assert.Equal(
            Shop.Lab.Cases.CaseStudies.All.Select(study => study.Id).Where(id => id != NoClasses).Order(),
            Variant.All.Select(variant => variant.Case).Distinct().Order());

    [Fact]
    public void EachPublishedFixIsFound()
        => Assert.Empty(
            Variant.All.Where(variant => variant.Name == Variant.Published && Board.Ours.RulesIn(variant).Count == 0)
                .Select(variant => variant.Case));

    [Fact]
    public void WhatIsFoundInTheServicesIsInAVariantAndSuppressedWithAReason()
    {
        var variants = Variant.All.Select(variant => variant.Path).ToHashSet();
        Assert.All(Board.Ours.Findings.Where(finding => !finding.Path.StartsWith("Tests", StringComparison.Ordinal)), finding =>
        {
            Assert.Contains(finding.Path, variants);
            Assert.True(finding.IsSuppressed, finding.ToString());
        });
    }

    [Fact]
    public void TheReadmeHasTheScoreboardAndTheChecklist()
    {
        var text = File.ReadAllText(Path.Combine(Repository.Folder, BoardCommand.Readme));
        Assert.Equal(BoardCommand.Ours.Update(text), text);
        Assert.Equal(BoardCommand.Checks.Update(text), text);
    }

    [Fact]
    public void TheChecklistFindsFixedAndTheFeedOfEachCase()
    {
        Assert.All(Shop.Lab.Cases.CaseStudies.All, study =>
        {
            Assert.NotNull(Checklist.FeedOf(study));
            Assert.Equal(study.Id == NoClasses, Checklist.FixedOf(study) is null);
            Assert.True(File.Exists(Path.Combine(Repository.Folder, Shop.Lab.Cases.CaseStudies.FolderOf(study), "README.md")));
        });
    }
}
