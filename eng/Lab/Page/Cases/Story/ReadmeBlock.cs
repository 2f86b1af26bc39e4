namespace Shop.Lab.Page.Cases.Story;

/// <summary>A part of a README's section. Public as it is a component's parameter.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Lines">The paragraph, the items of the list, or the lines of code.</param>
public sealed record ReadmeBlock(ReadmeBlockKind Kind, IReadOnlyList<string> Lines);
