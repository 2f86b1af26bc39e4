namespace Shop.ServiceDefaults.Cases;

/// <summary>
/// A case and its state in the responding instance. While a drill is on, every case's variant is <see cref="CaseSample.Hidden"/>, what it
/// holds is null, and its fuse is not told to have tripped.
/// </summary>
internal sealed record CaseView(
    string Case, string Variant, IEnumerable<string> Variants, long? HeldItems, long? FuseItems, bool Tripped, string Instance)
{
    public static CaseView Of(ICaseSwitch @case)
    {
        var state = CaseSample.Of(@case);
        return new(state.Case, state.Variant, @case.Study.Variants.Select(CaseVariants.Name), state.HeldItems, @case.FuseItems,
            state.Tripped, ProcessView.InstanceName);
    }
}
