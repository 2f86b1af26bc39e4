namespace Shop.ServiceDefaults.Cases;

/// <summary>A case and its state in the responding instance.</summary>
internal sealed record CaseView(
    string Case, string Variant, IEnumerable<string> Variants, long HeldItems, long? FuseItems, bool Tripped, string Instance)
{
    public static CaseView Of(ICaseSwitch @case)
        => new(@case.Study.Id, @case.Variant.Name(), @case.Study.Variants.Select(CaseVariants.Name), @case.HeldItems, @case.FuseItems,
            @case.IsTripped, ProcessView.InstanceName);
}
