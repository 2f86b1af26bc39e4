namespace Shop.Lab.Diagnosis.Report;

/// <summary>What one place holds.</summary>
/// <param name="Signature">The same for the same place in the next run.</param>
/// <param name="Trace">The path from the root.</param>
/// <param name="Count">Objects that it holds.</param>
/// <param name="Bytes">Bytes of them and of what is reached by them first.</param>
/// <param name="Explanation">The name of a pool or cache of the framework; null for others.</param>
internal sealed record DiagnosedHolder(string Signature, string Trace, long Count, long Bytes, string? Explanation);
