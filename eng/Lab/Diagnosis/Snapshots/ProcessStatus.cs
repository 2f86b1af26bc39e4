using System.Globalization;

namespace Shop.Lab.Diagnosis.Snapshots;

/// <summary>What the system tells of a process.</summary>
internal static class ProcessStatus
{
    private const int EffectiveUser = 1;

    /// <summary>Whether there is none of that id, or only its exit code, which waits for its parent.</summary>
    public static bool HasEnded(int processId) => Read(processId, "State") is null or ['Z' or 'X', ..];

    /// <summary>Whether this process has started it.</summary>
    public static bool IsOwnChild(int processId)
        => Read(processId, "PPid") == Environment.ProcessId.ToString(CultureInfo.InvariantCulture);

    /// <summary>The id of the user that it acts as; null if it has ended.</summary>
    public static string? UserOf(int processId) => Read(processId, "Uid")?.Split('\t')[EffectiveUser];

    private static string? Read(int processId, string field)
    {
        try
        {
            return File.ReadLines($"/proc/{processId}/status")
                .FirstOrDefault(line => line.StartsWith($"{field}:", StringComparison.Ordinal))?[(field.Length + 1)..].Trim();
        }
        catch (IOException)
        {
            return null;
        }
    }
}
