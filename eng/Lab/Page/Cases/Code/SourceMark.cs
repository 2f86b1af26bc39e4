namespace Shop.Lab.Page.Cases.Code;

/// <summary>What the comments of a source say of a line.</summary>
internal enum SourceMark
{
    /// <summary>Nothing.</summary>
    None,
    /// <summary>It leaks, or is a defect of the published fix: ❌.</summary>
    Bad,
    /// <summary>It is the fix: ✅.</summary>
    Good,
}
