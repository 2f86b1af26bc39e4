namespace Shop.ServiceDefaults.Cases;

/// <summary>Names of the variants, without the allocation of <see cref="Enum.ToString()"/>.</summary>
public static class CaseVariants
{
    /// <summary>The variants in display order.</summary>
    public static IReadOnlyList<CaseVariant> All { get; } = [CaseVariant.Leaky, CaseVariant.Published, CaseVariant.Fixed];

    /// <summary>The variant's name in flags, metrics and commands.</summary>
    public static string Name(this CaseVariant variant) => variant switch
    {
        CaseVariant.Leaky => nameof(CaseVariant.Leaky),
        CaseVariant.Published => nameof(CaseVariant.Published),
        _ => nameof(CaseVariant.Fixed),
    };

    /// <summary>Parses a variant's name, ignoring case; numbers are not accepted.</summary>
    public static CaseVariant? Parse(string? name)
        => All.Where(variant => variant.Name().Equals(name, StringComparison.OrdinalIgnoreCase))
            .Select(variant => (CaseVariant?)variant).FirstOrDefault();
}
