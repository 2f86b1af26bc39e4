using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Shop.Lab.Proof.Report;

namespace Shop.Lab.Page.Cases.Proofs;

/// <summary>Reads a folder that <see cref="ProofReport"/> wrote.</summary>
internal sealed partial class ReportFolder(string path)
{
    private static readonly JsonSerializerOptions JsonOptions = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter() },
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>The report in the repository.</summary>
    public static ReportFolder CheckedIn { get; } = new(Path.Combine(Repository.Folder, "eng", "Lab", "Report"));

    /// <summary>The case's part of the report; null if it has none.</summary>
    /// <exception cref="LabException">The report cannot be read.</exception>
    public async Task<ProvenCase?> ReadAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            await using var file = File.OpenRead(Path.Combine(path, ProofReport.JsonName));
            var cases = await JsonSerializer.DeserializeAsync<IReadOnlyList<ProvenCase>>(file, JsonOptions, cancellationToken);
            return cases?.FirstOrDefault(proven => proven.Case == id);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new LabException($"The report cannot be read: {exception.Message}");
        }
    }

    /// <summary>The case's chart as SVG; null if it has none.</summary>
    public async Task<string?> ReadChartAsync(string id, CancellationToken cancellationToken)
    {
        var chart = Path.Combine(path, $"{id}.svg");
        return File.Exists(chart) ? await File.ReadAllTextAsync(chart, cancellationToken) : null;
    }

    /// <summary>The runtime and machine that the report was made on; null if it does not say.</summary>
    public async Task<string?> ReadMachineAsync(CancellationToken cancellationToken)
    {
        var readme = Path.Combine(path, ProofReport.FileName);
        return File.Exists(readme) && MadeOn().Match(await File.ReadAllTextAsync(readme, cancellationToken)) is { Success: true } match
            ? match.Groups[1].Value
            : null;
    }

    [GeneratedRegex(@"^Made by `[^`]*` on (.+? cores)\.", RegexOptions.Multiline)]
    private static partial Regex MadeOn();
}
