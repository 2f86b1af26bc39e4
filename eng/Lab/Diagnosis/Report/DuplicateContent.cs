namespace Shop.Lab.Diagnosis.Report;

/// <summary>A content that several strings have. It may be a secret.</summary>
/// <param name="Text">The content, escaped and cut.</param>
/// <param name="Count">The redundant strings that have it.</param>
/// <param name="Bytes">Their bytes.</param>
internal sealed record DuplicateContent(string Text, long Count, long Bytes);
