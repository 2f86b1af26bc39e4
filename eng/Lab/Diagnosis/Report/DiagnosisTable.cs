using System.Globalization;
using Shop.Lab.Diagnosis.Growth;
using Shop.Lab.Diagnosis.Judgement;

namespace Shop.Lab.Diagnosis.Report;

/// <summary>Prints a diagnosis.</summary>
internal static class DiagnosisTable
{
    /// <summary>A snapshot, as soon as it has been read.</summary>
    public static void Write(SnapshotFacts snapshot)
        => WriteLine($"{snapshot.Seconds,5:F1} s: {snapshot.Objects:N0} objects, {Megabytes(snapshot.ReachableBytes)} reachable"
            + (snapshot.ResidentBytes is { } resident ? $", resident {Megabytes(resident)}" : "")
            + (snapshot.PauseMilliseconds is { } pause ? $", paused for {pause:F0} ms." : "."));

    /// <summary>What was found.</summary>
    /// <param name="baseline">An earlier one, whose findings are told from new ones.</param>
    public static void Write(DiagnosisReport report, DiagnosisReport? baseline)
    {
        foreach (var growth in report.Growths)
        {
            WriteLine($"");
            var rate = growth.BytesPerMinute is { } bytes ? $", {Megabytes((long)bytes)} a minute" : "";
            WriteLine($"{Describe(growth.Verdict)}{growth.NewSince(baseline)} {growth.Signature}: +{growth.AddedCount:N0} objects, "
                + $"+{Megabytes(growth.AddedBytes)}{rate}, {Megabytes(growth.Bytes)} retained");
            WriteLine($"  {growth.Trace}");
            WriteLine($"  {growth.Explanation}");
        }
        foreach (var growth in report.Outside)
        {
            WriteLine($"");
            WriteLine($"{Describe(growth.Verdict)} beside the managed heap: {Number(growth)}{growth.What}, "
                + $"+{Megabytes(growth.AddedBytes)}");
            WriteLine($"  {growth.Explanation}");
        }
        foreach (var holder in report.Holders)
        {
            WriteLine($"");
            WriteLine($"{holder.Signature}: {holder.Count:N0} objects, {Megabytes(holder.Bytes)} held");
            WriteLine($"  {holder.Trace}");
            if (holder.Explanation is { } known)
                WriteLine($"  {known}");
        }
        Write(report.Types);
        if (report.Strings is { IsSignificant: true } strings)
            Write(strings);
        WriteLine($"");
        WriteLine($"{Summary(report)}");
    }

    private static string Number(DiagnosedOutside growth)
        => growth.AddedCount is { } count ? string.Create(CultureInfo.InvariantCulture, $"+{count:N0} ") : "";

    private static void Write(IReadOnlyList<TypeGrowth> types)
    {
        if (types.Count == 0)
            return;
        WriteLine($"");
        WriteLine($"types that grew:");
        foreach (var type in types)
            WriteLine($"  +{Megabytes(type.AddedBytes)} in +{type.AddedCount:N0}: {type.Type}");
    }

    private static void Write(StringWaste strings)
    {
        WriteLine($"");
        WriteLine($"duplicate strings: {strings.Count:N0} of {strings.Strings:N0} repeat one of {strings.Contents:N0} contents, "
            + $"{Megabytes(strings.Bytes)} wasted");
        foreach (var holder in strings.Holders)
            WriteLine($"  {Megabytes(holder.Bytes)} in {holder.Count:N0}: {holder.Trace}");
        foreach (var content in strings.Shown ?? [])
            WriteLine($"  {Megabytes(content.Bytes)} in {content.Count:N0} of `{content.Text}`");
    }

    private static string Summary(DiagnosisReport report)
    {
        if (report.Snapshots.Count < 2)
            return "One snapshot tells what is held, not what grows.";
        if (report.Growths.Count == 0)
            return report.Outside.Count == 0 ? "Nothing grows steadily." : "The managed heap does not grow.";
        var explained = report.Growths.Where(growth => growth.Verdict == Verdict.Leak).ToList();
        return explained.Count == 0
            ? "No leak."
            : $"{explained.Count} {(explained.Count == 1 ? "leak" : "leaks")}: {Megabytes(explained.Sum(leak => leak.AddedBytes))} "
                + $"of the {Megabytes(report.AddedBytes)} by which the reachable objects grew.";
    }

    private static string Describe(Verdict verdict) => verdict switch
    {
        Verdict.Leak => "LEAK",
        Verdict.CannotTell => "cannot tell yet",
        _ => "known",
    };

    private static string Megabytes(long bytes) => FormattableString.Invariant($"{bytes / 1048576.0:F1} MB");

    private static void WriteLine(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    private static void WriteLine(string line) => Console.WriteLine(line);
}
