namespace Shop.Lab.Drills;

/// <summary>
/// The drill at one moment; while it is on, it tells no case that was not found. Public as it is a component's parameter.
/// </summary>
/// <param name="State">The state.</param>
/// <param name="Level">The level; 0 before the first drill.</param>
/// <param name="Seed">The seed.</param>
/// <param name="Cases">The number of cases to find.</param>
/// <param name="Found">Those that were found.</param>
/// <param name="ElapsedSeconds">Since the start, until the end.</param>
/// <param name="WrongGuesses">Wrong answers.</param>
/// <param name="Restarts">Processes of the services that were started meanwhile.</param>
/// <param name="Failures">Requests of customers that were answered with 5xx meanwhile.</param>
/// <param name="Result">The result; null while it is on.</param>
/// <param name="Unrestored">Why the services still have the cases Leaky and hidden after the end; null if they do not.</param>
public sealed record DrillView(
    DrillState State, int Level = 0, int Seed = 0, int Cases = 0, IReadOnlyList<string>? Found = null, double ElapsedSeconds = 0,
    int WrongGuesses = 0, int Restarts = 0, long Failures = 0, DrillResult? Result = null, string? Unrestored = null);
