using System.Globalization;
using Shop.Lab.Cases;

namespace Shop.Lab.Page.Cases.Switching;

/// <summary>What a case holds, in words.</summary>
internal static class HeldText
{
    /// <summary>The held items and the fuse.</summary>
    public static string Of(CaseState state)
    {
        var held = Invariant($"{state.HeldItems:N0}");
        return state switch
        {
            { HeldItems: null } => "while a drill is on: its variant and what it holds are not told",
            { FuseItems: null } => $"holds {held} items; it has no fuse",
            { Tripped: true } => $"holds {held} items; its fuse has tripped, the limit is {Invariant($"{state.FuseItems:N0}")}: "
                + "requests that feed it get 503 until it is reset or switched",
            _ => $"holds {held} of at most {Invariant($"{state.FuseItems:N0}")} items, then its fuse trips",
        };
    }

    /// <summary>A size in megabytes.</summary>
    public static string Megabytes(long bytes) => Invariant($"{bytes / (1024.0 * 1024.0):F1} MB");

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
