using System.Globalization;
using System.Text;

namespace Shop.Lab.Diagnosis.Report;

/// <summary>A diagnosis as Markdown.</summary>
internal static class DiagnosisMarkdown
{
    /// <summary>Writes it.</summary>
    /// <param name="baseline">An earlier one, whose findings are told from new ones.</param>
    public static string Write(DiagnosisReport report, DiagnosisReport? baseline)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"# Diagnosis of {report.Target}").AppendLine();
        AppendGrowths(text, report, baseline);
        AppendOutside(text, report);
        AppendHolders(text, report);
        AppendSnapshots(text, report);
        AppendTypes(text, report);
        if (report.Strings is { IsSignificant: true } strings)
            Append(text, strings);
        return text.ToString();
    }

    private static void AppendGrowths(StringBuilder text, DiagnosisReport report, DiagnosisReport? baseline)
    {
        text.AppendLine("| verdict | signature | trace | objects added | bytes added | bytes retained | explanation |");
        text.AppendLine("|---|---|---|---|---|---|---|");
        foreach (var growth in report.Growths)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {growth.Verdict}{growth.NewSince(baseline)} | `{growth.Signature}` ");
            text.Append(CultureInfo.InvariantCulture, $"| `{Escape(growth.Trace)}` | {growth.AddedCount:N0} | {growth.AddedBytes:N0} ");
            text.AppendLine(CultureInfo.InvariantCulture, $"| {growth.Bytes:N0} | {growth.Explanation} |");
        }
    }

    private static void AppendOutside(StringBuilder text, DiagnosisReport report)
    {
        if (report.Outside.Count == 0)
            return;
        text.AppendLine().AppendLine("| verdict | beside the managed heap | number added | bytes added | explanation |");
        text.AppendLine("|---|---|---|---|---|");
        foreach (var growth in report.Outside)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {growth.Verdict} | {growth.What} | {growth.AddedCount:N0} ");
            text.AppendLine(CultureInfo.InvariantCulture, $"| {growth.AddedBytes:N0} | {growth.Explanation} |");
        }
    }

    private static void AppendHolders(StringBuilder text, DiagnosisReport report)
    {
        if (report.Holders.Count == 0)
            return;
        text.AppendLine().AppendLine("| signature | trace | objects | bytes held | |").AppendLine("|---|---|---|---|---|");
        foreach (var holder in report.Holders)
        {
            text.Append(CultureInfo.InvariantCulture, $"| `{holder.Signature}` | `{Escape(holder.Trace)}` ");
            text.AppendLine(CultureInfo.InvariantCulture, $"| {holder.Count:N0} | {holder.Bytes:N0} | {holder.Explanation} |");
        }
    }

    private static void AppendSnapshots(StringBuilder text, DiagnosisReport report)
    {
        text.AppendLine().AppendLine("| s | objects | reachable bytes | resident bytes | pause, ms |").AppendLine("|---|---|---|---|---|");
        foreach (var snapshot in report.Snapshots)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {snapshot.Seconds:F1} | {snapshot.Objects:N0} | {snapshot.ReachableBytes:N0} ");
            text.AppendLine(CultureInfo.InvariantCulture, $"| {snapshot.ResidentBytes:N0} | {snapshot.PauseMilliseconds:F0} |");
        }
    }

    private static void AppendTypes(StringBuilder text, DiagnosisReport report)
    {
        if (report.Types.Count == 0)
            return;
        text.AppendLine().AppendLine("| type | objects | objects added | bytes | bytes added |").AppendLine("|---|---|---|---|---|");
        foreach (var type in report.Types)
        {
            text.Append(CultureInfo.InvariantCulture, $"| `{Escape(type.Type)}` | {type.Count:N0} | {type.AddedCount:N0} ");
            text.AppendLine(CultureInfo.InvariantCulture, $"| {type.Bytes:N0} | {type.AddedBytes:N0} |");
        }
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

    // The compiler's names of local functions have a bar.
    private static string Escape(string cell) => cell.Replace("|", @"\|", StringComparison.Ordinal);
}
