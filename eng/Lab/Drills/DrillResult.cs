namespace Shop.Lab.Drills;

/// <summary>The end of a drill.</summary>
/// <param name="IsSolved">Whether every case was found; else it was given up.</param>
/// <param name="Score">The points, by <see cref="DrillScore"/>.</param>
/// <param name="Cases">What was Leaky.</param>
public sealed record DrillResult(bool IsSolved, int Score, IReadOnlyList<DrillSolution> Cases);
