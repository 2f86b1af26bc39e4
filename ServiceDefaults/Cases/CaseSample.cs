namespace Shop.ServiceDefaults.Cases;

/// <summary>A case in an instance at one moment.</summary>
/// <param name="Case">The case.</param>
/// <param name="Variant">The active variant; <see cref="Hidden"/> while a drill is on.</param>
/// <param name="HeldItems">What all variants hold; null while a drill is on.</param>
/// <param name="Tripped">Whether the fuse has tripped; false while a drill is on.</param>
/// <param name="Resets">How often it was reset in this process.</param>
public sealed record CaseSample(string Case, string Variant, long? HeldItems, bool Tripped, int Resets)
{
    /// <summary>In the place of the variant while a drill is on.</summary>
    public const string Hidden = "Hidden";

    internal static CaseSample Of(ICaseSwitch @case)
    {
        var sample = new CaseSample(@case.Study.Id, @case.Variant.Name(), @case.HeldItems, @case.IsTripped, @case.Resets);
        // Asked last: the case may have been hidden and switched meanwhile.
        return @case.IsHidden ? sample with { Variant = Hidden, HeldItems = null, Tripped = false } : sample;
    }
}
