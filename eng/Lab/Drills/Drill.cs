using Shop.Lab.Cases;
using Shop.ServiceDefaults.Cases;

namespace Shop.Lab.Drills;

/// <summary>The cases of a drill. Of the same cases, level and seed always give the same ones, so a team gets the same drill.</summary>
/// <param name="Level">1: one Retained case; 2: one of any kind that can be switched; 3: two of them at once, of any services.</param>
/// <param name="Seed">The seed.</param>
/// <param name="Cases">What is Leaky.</param>
internal sealed record Drill(int Level, int Seed, IReadOnlyList<CaseStudy> Cases)
{
    public const int MinLevel = 1;
    public const int MaxLevel = 3;

    /// <summary>Picks the cases.</summary>
    public static Drill Pick(int level, int seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(level, MinLevel);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(level, MaxLevel);
        CaseStudy[] candidates = [.. CaseStudies.All.Where(study => study.Variants.Count > 0 && (level > 1 || study.Evidence is Retained))];
        new Random(seed).Shuffle(candidates);
        return new(level, seed, candidates[..(level == MaxLevel ? 2 : 1)]);
    }

    /// <summary>Whether this is a level.</summary>
    public static bool IsLevel(int level) => level is >= MinLevel and <= MaxLevel;
}
