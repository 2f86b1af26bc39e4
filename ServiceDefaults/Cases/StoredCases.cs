namespace Shop.ServiceDefaults.Cases;

/// <summary>The state of the cases in Redis.</summary>
/// <param name="Variants">The selected variants by case; a case without one uses its configuration.</param>
/// <param name="Drill">The cases that are Leaky in a drill; null while none is on.</param>
internal sealed record StoredCases(IReadOnlyDictionary<string, CaseVariant> Variants, IReadOnlySet<string>? Drill)
{
    public static StoredCases None { get; } = new(new Dictionary<string, CaseVariant>(), null);
}
