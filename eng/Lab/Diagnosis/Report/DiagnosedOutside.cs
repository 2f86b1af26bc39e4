using Shop.Lab.Diagnosis.Judgement;

namespace Shop.Lab.Diagnosis.Report;

/// <summary>What grew beside the managed heap.</summary>
/// <param name="Verdict">What is said of it.</param>
/// <param name="What">What grew.</param>
/// <param name="AddedCount">By how many it grew; null of what is not counted.</param>
/// <param name="AddedBytes">By how many bytes it grew.</param>
/// <param name="Explanation">What is known of it.</param>
internal sealed record DiagnosedOutside(Verdict Verdict, string What, long? AddedCount, long AddedBytes, string Explanation);
