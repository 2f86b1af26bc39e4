namespace Shop.Lab.Drills;

/// <summary>The body of <c>PUT /api/drill</c>.</summary>
/// <param name="Level">The level.</param>
/// <param name="Seed">The seed.</param>
internal sealed record DrillStart(int? Level, int? Seed);
