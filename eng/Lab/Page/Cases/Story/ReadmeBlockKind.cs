namespace Shop.Lab.Page.Cases.Story;

/// <summary>The parts of a README's section.</summary>
public enum ReadmeBlockKind
{
    /// <summary>Running text.</summary>
    Paragraph,
    /// <summary>A list.</summary>
    List,
    /// <summary>Code in a fence.</summary>
    Code,
}
