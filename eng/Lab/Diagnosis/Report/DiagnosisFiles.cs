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
    /// <exception cref="LabException">The file cannot be written.</exception>
    public static async Task WriteAsync(string file, DiagnosisReport report, CancellationToken cancellationToken)
    {
        var text = Path.GetExtension(file).Equals(".md", StringComparison.OrdinalIgnoreCase)
            ? Markdown(report)
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
            return JsonSerializer.Deserialize<DiagnosisReport>(File.ReadAllText(file), Json) ?? throw new JsonException("it is empty");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new LabException($"{file} is no report of a diagnosis: {exception.Message}", CommandLine.Unreadable);
        }
    }

    private static string Markdown(DiagnosisReport report)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"# Diagnosis of {report.Target}").AppendLine();
        text.AppendLine("| verdict | signature | trace | objects added | bytes added | explanation |");
        text.AppendLine("|---|---|---|---|---|---|");
        foreach (var growth in report.Growths)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {growth.Verdict} | `{growth.Signature}` | `{growth.Trace}` ");
            text.AppendLine(CultureInfo.InvariantCulture, $"| {growth.AddedCount:N0} | {growth.AddedBytes:N0} | {growth.Explanation} |");
        }
        if (report.Outside.Count > 0)
        {
            text.AppendLine().AppendLine("| verdict | beside the managed heap | number added | bytes added | explanation |");
            text.AppendLine("|---|---|---|---|---|");
        }
        foreach (var growth in report.Outside)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {growth.Verdict} | {growth.What} | {growth.AddedCount:N0} ");
            text.AppendLine(CultureInfo.InvariantCulture, $"| {growth.AddedBytes:N0} | {growth.Explanation} |");
        }
        text.AppendLine().AppendLine("| s | objects | reachable bytes | resident bytes | pause, ms |").AppendLine("|---|---|---|---|---|");
        foreach (var snapshot in report.Snapshots)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {snapshot.Seconds:F1} | {snapshot.Objects:N0} | {snapshot.ReachableBytes:N0} ");
            text.AppendLine(CultureInfo.InvariantCulture, $"| {snapshot.ResidentBytes:N0} | {snapshot.PauseMilliseconds:F0} |");
        }
        if (report.Strings is { IsSignificant: true } strings)
            Append(text, strings);
        return text.ToString();
    }

    private static void Append(StringBuilder text, StringWaste strings)
    {
        text.AppendLine().AppendLine("## Duplicate strings");
        text.Append(CultureInfo.InvariantCulture, $"{strings.Count:N0} of {strings.Strings:N0} repeat one of ");
        text.AppendLine(CultureInfo.InvariantCulture, $"{strings.Contents:N0} contents, {strings.Bytes:N0} bytes wasted.").AppendLine();
        foreach (var holder in strings.Holders)
            text.AppendLine(CultureInfo.InvariantCulture, $"- {holder.Bytes:N0} bytes in {holder.Count:N0}: `{holder.Trace}`");
        foreach (var content in strings.Shown ?? [])
            text.AppendLine(CultureInfo.InvariantCulture, $"- {content.Bytes:N0} bytes in {content.Count:N0} of `{content.Text}`");
    }
}
