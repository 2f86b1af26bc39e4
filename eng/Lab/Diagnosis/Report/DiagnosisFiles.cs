using System.Globalization;
using System.Text;
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
            ? Markdown(report, baseline)
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

    private static string Markdown(DiagnosisReport report, DiagnosisReport? baseline)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"# Diagnosis of {report.Target}").AppendLine();
        text.AppendLine("| verdict | signature | trace | objects added | bytes added | explanation |");
        text.AppendLine("|---|---|---|---|---|---|");
        foreach (var growth in report.Growths)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {growth.Verdict}{growth.NewSince(baseline)} | `{growth.Signature}` ");
            text.Append(CultureInfo.InvariantCulture, $"| `{Escape(growth.Trace)}` ");
            text.AppendLine(CultureInfo.InvariantCulture, $"| {growth.AddedCount:N0} | {growth.AddedBytes:N0} | {growth.Explanation} |");
        }
        if (report.Holders.Count > 0)
            text.AppendLine().AppendLine("| signature | trace | objects | bytes held | |").AppendLine("|---|---|---|---|---|");
        foreach (var holder in report.Holders)
        {
            text.Append(CultureInfo.InvariantCulture, $"| `{holder.Signature}` | `{Escape(holder.Trace)}` ");
            text.AppendLine(CultureInfo.InvariantCulture, $"| {holder.Count:N0} | {holder.Bytes:N0} | {holder.Explanation} |");
        }
        text.AppendLine().AppendLine("| s | objects | reachable bytes | resident bytes | pause, ms |").AppendLine("|---|---|---|---|---|");
        foreach (var snapshot in report.Snapshots)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {snapshot.Seconds:F1} | {snapshot.Objects:N0} | {snapshot.ReachableBytes:N0} ");
            text.AppendLine(CultureInfo.InvariantCulture, $"| {snapshot.ResidentBytes:N0} | {snapshot.PauseMilliseconds:F0} |");
        }
        return text.ToString();
    }

    // The compiler's names of local functions have a bar.
    private static string Escape(string cell) => cell.Replace("|", @"\|", StringComparison.Ordinal);
}
