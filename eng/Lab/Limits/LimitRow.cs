using System.Globalization;

namespace Shop.Lab.Limits;

/// <summary>A row of the matrix.</summary>
/// <param name="Leak">What the process leaks.</param>
/// <param name="Setting">The environment variable that limits the heap, as <c>NAME=VALUE</c>; null leaves the runtime its default.</param>
/// <param name="InGroup">Whether the process is in a memory group with the limit.</param>
internal sealed record LimitRow(LeakKind Leak, string? Setting, bool InGroup = true)
{
    private const string Percent = "DOTNET_GCHeapHardLimitPercent=0x";
    private const string Absolute = "DOTNET_GCHeapHardLimit=0x";

    /// <summary>The rows for a limit, in bytes.</summary>
    public static IReadOnlyList<LimitRow> All(long limit) =>
    [
        new(LeakKind.Managed, null),
        new(LeakKind.Managed, $"{Percent}3C"),
        new(LeakKind.Managed, $"{Percent}5F"),
        new(LeakKind.Managed, Half(limit)),
        new(LeakKind.Managed, Hex(limit + (limit / 4))),
        new(LeakKind.Native, null),
        new(LeakKind.Native, Half(limit)),
        new(LeakKind.Garbage, null),
        new(LeakKind.Managed, Half(limit), InGroup: false),
    ];

    private static string Half(long limit) => Hex(limit / 2);

    private static string Hex(long bytes) => Absolute + bytes.ToString("X", CultureInfo.InvariantCulture);
}
