namespace Shop.Lab.Diagnosis.Report;

/// <summary>A snapshot in figures.</summary>
/// <param name="Seconds">Since the diagnosis began, when the process stood still; of a dump, when it had been loaded.</param>
/// <param name="Objects">Reachable objects.</param>
/// <param name="ReachableBytes">Bytes of the reachable objects.</param>
/// <param name="HeapBytes">Bytes of all objects, garbage among them.</param>
/// <param name="ResidentBytes">The process's resident set; null for a dump.</param>
/// <param name="PauseMilliseconds">How long the process stood still; null for a dump.</param>
internal sealed record SnapshotFacts(
    double Seconds, long Objects, long ReachableBytes, long HeapBytes, long? ResidentBytes, double? PauseMilliseconds);
