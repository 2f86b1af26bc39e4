namespace Shop.Lab.Drills;

/// <summary>What the page says of an error.</summary>
internal sealed record DrillProblem(string? Title, string? Detail);
