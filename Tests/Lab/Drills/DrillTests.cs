using Shop.Lab.Cases;
using Shop.Lab.Drills;
using Shop.ServiceDefaults.Cases;

namespace Shop.Tests.Lab.Drills;

/// <summary>The cases of a drill.</summary>
public sealed class DrillTests
{
    // Enough that each of the cases comes up.
    private const int Seeds = 500;

    public static TheoryData<int> Levels => [.. Enumerable.Range(Drill.MinLevel, Drill.MaxLevel)];

    [Theory]
    [MemberData(nameof(Levels))]
    public void TheSameLevelAndSeedGiveTheSameCases(int level)
    {
        for (var seed = 0; seed < Seeds; seed++)
            Assert.Equal(Drill.Pick(level, seed).Cases, Drill.Pick(level, seed).Cases);
    }

    /// <summary>A team is told a seed; another version of the runtime must not give it another drill.</summary>
    [Fact]
    public void ASeedStandsForItsCases() => Assert.Equal(KnownCases, Drill.Pick(Drill.MaxLevel, seed: 7).Cases.Select(study => study.Id));

    [Theory]
    [MemberData(nameof(Levels))]
    public void EveryCaseOfTheLevelComesUp(int level)
    {
        var picked = Enumerable.Range(0, Seeds).SelectMany(seed => Drill.Pick(level, seed).Cases).ToHashSet();

        var switchable = CaseStudies.All.Where(study => study.Variants.Count > 0);
        Assert.Equal(switchable.Where(study => level > 1 || study.Evidence is Retained).ToHashSet(), picked);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(3, 2)]
    public void ALevelHasItsNumberOfDifferentCases(int level, int cases)
    {
        for (var seed = -Seeds; seed < Seeds; seed++)
            Assert.Equal(cases, Drill.Pick(level, seed).Cases.Distinct().Count());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    public void ThereIsNoOtherLevel(int level) => Assert.Throws<ArgumentOutOfRangeException>(() => Drill.Pick(level, seed: 1));

    private static readonly string[] KnownCases = ["OrderRepository", "Previews"];
}
