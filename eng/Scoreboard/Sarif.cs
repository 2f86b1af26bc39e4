using System.Text.Json;

namespace Shop.Scoreboard;

/// <summary>The log of a compiler, SARIF 2.1.</summary>
internal static class Sarif
{
    /// <summary>The findings in files below a folder, also the suppressed ones; the compiler's own warnings too.</summary>
    /// <param name="log">The log.</param>
    /// <param name="folder">The folder, to which the findings' paths are relative.</param>
    public static IReadOnlyList<Finding> Read(string log, string folder)
    {
        using var document = JsonDocument.Parse(log);
        return
        [
            .. from run in document.RootElement.GetProperty("runs").EnumerateArray()
               from result in run.GetProperty("results").EnumerateArray()
               where result.TryGetProperty("locations", out var locations) && locations.GetArrayLength() > 0
               let place = result.GetProperty("locations")[0].GetProperty("physicalLocation")
               let path = new Uri(place.GetProperty("artifactLocation").GetProperty("uri").GetString()!).LocalPath
               let region = place.GetProperty("region")
               let line = region.GetProperty("startLine").GetInt32()
               select new Finding(result.GetProperty("ruleId").GetString()!, Path.GetRelativePath(folder, path), line,
                   region.TryGetProperty("endLine", out var last) ? last.GetInt32() : line, result.TryGetProperty("suppressions", out _),
                   result.GetProperty("message").GetProperty("text").GetString()!),
        ];
    }
}
