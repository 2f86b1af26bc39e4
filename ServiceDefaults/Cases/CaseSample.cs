namespace Shop.ServiceDefaults.Cases;

/// <summary>A case in an instance at one moment.</summary>
/// <param name="Case">The case.</param>
/// <param name="Variant">The active variant.</param>
/// <param name="HeldItems">What all variants hold.</param>
/// <param name="Tripped">Whether the fuse has tripped.</param>
/// <param name="Resets">How often it was reset in this process.</param>
public sealed record CaseSample(string Case, string Variant, long HeldItems, bool Tripped, int Resets)
{
    internal static CaseSample Of(ICaseSwitch @case)
        => new(@case.Study.Id, @case.Variant.Name(), @case.HeldItems, @case.IsTripped, @case.Resets);
}
