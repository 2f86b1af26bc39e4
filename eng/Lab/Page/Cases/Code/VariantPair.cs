using Shop.ServiceDefaults.Cases;

namespace Shop.Lab.Page.Cases.Code;

/// <summary>Two variants side by side.</summary>
internal sealed record VariantPair(CaseVariant Left, CaseVariant Right)
{
    /// <summary>All pairs, the default first.</summary>
    public static IReadOnlyList<VariantPair> All { get; } =
    [
        new(CaseVariant.Leaky, CaseVariant.Fixed),
        new(CaseVariant.Leaky, CaseVariant.Published),
        new(CaseVariant.Published, CaseVariant.Fixed),
    ];

    /// <summary>The pair's name in the page's address.</summary>
    public string Name => $"{Left.Name()}-{Right.Name()}".ToLowerInvariant();

    /// <summary>The pair's name on the page.</summary>
    public string Title => $"{Left.Name()} beside {Right.Name()}";
}
