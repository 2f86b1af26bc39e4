namespace Shop.Lab.Drills;

/// <summary>What a trainee believes.</summary>
/// <param name="Service">The service.</param>
/// <param name="Case">One of its cases.</param>
/// <param name="Root">What holds the memory, one of <see cref="DrillChoices.RootsOf"/>.</param>
internal sealed record DrillAnswer(string? Service, string? Case, string? Root);
