using System.Text.Json;
using System.Text.Json.Serialization;

namespace Shop.Lab.Diagnosis.Report;

/// <summary>Writes a diagnosis into files and reads an earlier one.</summary>
internal static class DiagnosisFiles
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter() },
    };

    /// <summary>Writes JSON, or Markdown if the name ends with <c>.md</c>.</summary>
    /// <param name="baseline">An earlier one, whose findings Markdown tells from new ones.</param>
    /// <exception cref="LabException">The file cannot be written.</exception>
    public static async Task WriteAsync(
        string file, DiagnosisReport report, DiagnosisReport? baseline, CancellationToken cancellationToken)
    {
        var text = Path.GetExtension(file).Equals(".md", StringComparison.OrdinalIgnoreCase)
            ? DiagnosisMarkdown.Write(report, baseline)
            : JsonSerializer.Serialize(report, Json);
        try
        {
            await File.WriteAllTextAsync(file, text, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new LabException($"The report cannot be written: {exception.Message}", CommandLine.Unreadable);
        }
    }

    /// <summary>Reads what <see cref="WriteAsync"/> wrote as JSON.</summary>
    /// <exception cref="LabException">It is none.</exception>
    public static DiagnosisReport Read(string file)
    {
        try
        {
            var report = JsonSerializer.Deserialize<DiagnosisReport>(File.ReadAllText(file), Json);
            return report?.Growths?.All(growth => growth?.Signature is not null) == true ? report : throw new JsonException();
        }
        catch (JsonException)
        {
            throw new LabException($"{file} is no report of a diagnosis as JSON.", CommandLine.Unreadable);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new LabException($"The earlier report cannot be read: {exception.Message}", CommandLine.Unreadable);
        }
    }
}
