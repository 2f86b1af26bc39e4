using Shop.Lab.Diagnosis.Growth;
using Shop.Lab.Diagnosis.Judgement;

namespace Shop.Lab.Diagnosis.Report;

/// <summary>What a diagnosis found. It holds types, fields, counts and sizes; values only where the user asked for them.</summary>
/// <param name="Target">What was read.</param>
/// <param name="Snapshots">The snapshots, the earliest first.</param>
/// <param name="Growths">What grew, most bytes first.</param>
/// <param name="Outside">What grew beside the managed heap.</param>
/// <param name="Strings">The duplicate strings of the last snapshot; null in a report of an earlier version.</param>
internal sealed record DiagnosisReport(
    string Target, IReadOnlyList<SnapshotFacts> Snapshots, IReadOnlyList<DiagnosedGrowth> Growths, IReadOnlyList<DiagnosedOutside> Outside,
    StringWaste? Strings)
{
    /// <summary>What holds most, of a single dump, which cannot tell what grows.</summary>
    public IReadOnlyList<DiagnosedHolder> Holders { get; init; } = [];

    /// <summary>The types that grew by most bytes between the first and the last snapshot, most first.</summary>
    public IReadOnlyList<TypeGrowth> Types { get; init; } = [];

    /// <summary>By how many bytes the reachable objects grew.</summary>
    public long AddedBytes => Snapshots[^1].ReachableBytes - Snapshots[0].ReachableBytes;

    /// <summary>Whether a leak was found.</summary>
    public bool HasLeak => Growths.Any(growth => growth.Verdict == Verdict.Leak)
        || Outside.Any(growth => growth.Verdict == Verdict.Leak);
}
