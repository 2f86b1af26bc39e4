namespace Shop.Lab.Page.Cases.Code;

/// <summary>How a line differs from the line beside it.</summary>
internal enum LineChange
{
    /// <summary>Both are the same.</summary>
    None,
    /// <summary>Only the left source has it.</summary>
    Removed,
    /// <summary>Only the right source has it.</summary>
    Added,
    /// <summary>The right source has another line in its place.</summary>
    Changed,
}
