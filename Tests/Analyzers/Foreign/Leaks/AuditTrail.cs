using System.Collections.Immutable;

namespace Foreign.Leaks;

public static class AuditTrail
{
    private static ImmutableList<string> lines = ImmutableList<string>.Empty;

    public static void Note(string who, string what) => lines = lines.Add($"{who}: {what}");

    public static int Length => lines.Count;
}
