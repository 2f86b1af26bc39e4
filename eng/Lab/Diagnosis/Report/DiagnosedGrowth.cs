using Shop.Lab.Diagnosis.Judgement;

namespace Shop.Lab.Diagnosis.Report;

/// <summary>What grew in one place.</summary>
/// <param name="Verdict">What is said of it.</param>
/// <param name="Signature">The same for the same place in the next run.</param>
/// <param name="Path">The path from the root.</param>
/// <param name="Trace">The path with the number of objects that accumulated.</param>
/// <param name="Count">Objects that accumulated, at the end.</param>
/// <param name="AddedCount">By how many they grew.</param>
/// <param name="Bytes">Bytes that they retain at the end: their own and those of all that would be garbage without them.</param>
/// <param name="AddedBytes">By how many bytes they and what is reached by them first grew.</param>
/// <param name="BytesPerMinute">How fast it grows; null if the time between the snapshots is not known.</param>
/// <param name="Explanation">A hint, or why it is no leak.</param>
internal sealed record DiagnosedGrowth(
    Verdict Verdict, string Signature, string Path, string Trace, long Count, long AddedCount, long Bytes, long AddedBytes,
    double? BytesPerMinute, string Explanation)
{
    /// <summary>The mark of what an earlier report did not find.</summary>
    /// <param name="baseline">The earlier report, if there is one.</param>
    public string NewSince(DiagnosisReport? baseline)
        => baseline?.Growths.All(growth => growth.Signature != Signature) == true ? " (new)" : "";
}
