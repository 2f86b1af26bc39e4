namespace Shop.Lab.Page.Cases.Code;

/// <summary>Two lines side by side.</summary>
internal sealed record DiffRow(DiffLine Left, DiffLine Right)
{
    /// <summary>Whether both are the same line.</summary>
    public bool IsSame => Left.Change == LineChange.None && Right.Change == LineChange.None;
}
