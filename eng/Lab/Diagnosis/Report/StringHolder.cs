namespace Shop.Lab.Diagnosis.Report;

/// <summary>A place that holds redundant strings.</summary>
/// <param name="Trace">The path from the root.</param>
/// <param name="Count">The redundant strings in it.</param>
/// <param name="Bytes">Their bytes.</param>
internal sealed record StringHolder(string Trace, long Count, long Bytes);
