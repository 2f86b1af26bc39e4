namespace Shop.Lab.Page.Cases.Code;

/// <summary>One line of a source in a diff.</summary>
/// <param name="Number">Its number in the source; null where the source has no line.</param>
/// <param name="Text">The line.</param>
/// <param name="Change">How it differs from the other side.</param>
/// <param name="Mark">What the source says of it.</param>
internal sealed record DiffLine(int? Number, string Text, LineChange Change, SourceMark Mark);
