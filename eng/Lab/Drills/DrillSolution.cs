namespace Shop.Lab.Drills;

/// <summary>A case of a drill, told afterwards.</summary>
/// <param name="Service">Its service.</param>
/// <param name="Case">The case.</param>
/// <param name="Root">What held the memory; <see cref="DrillChoices.NoRoot"/> if nothing was retained.</param>
/// <param name="RetentionPath">The trace from that root; null if nothing was retained.</param>
/// <param name="IsFound">Whether the trainee found it.</param>
public sealed record DrillSolution(string Service, string Case, string Root, string? RetentionPath, bool IsFound);
