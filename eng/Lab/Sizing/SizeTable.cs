using System.Globalization;
using Shop.Lab.Cases;
using Spectre.Console;

namespace Shop.Lab.Sizing;

/// <summary>Shows a report.</summary>
internal static class SizeTable
{
    private const double Megabyte = 1024 * 1024;

    /// <summary>Writes it to the console.</summary>
    /// <param name="sized">The case.</param>
    /// <param name="cache">Its cache as it is.</param>
    /// <param name="report">What the trace says.</param>
    public static void Write(SizedCase sized, CacheState cache, SizeReport report)
    {
        var entry = sized.EntryBytes(cache);
        var (requests, keys) = (report.Trace.Keys.Length, report.Trace.Distinct);
        Console.WriteLine(Text($"{sized.CaseId}: {requests:N0} requests of {keys:N0} keys; an entry takes {entry:N0} B."));
        var rows = new Table().RoundedBorder()
            .AddColumns("entries", "MB", "LRU", "SIEVE (the Shop's)", "S3-FIFO", "W-TinyLFU", "best static set", "Bélády");
        foreach (var row in report.Rows)
        {
            rows.AddRow(
                Text($"{row.Size:N0}"), Text($"{row.Size * entry / Megabyte:N1}"), Percent(row.Lru), Percent(row.Sieve),
                Percent(row.S3Fifo), Percent(row.WTinyLfu), Percent(row.BestStatic), Percent(row.Belady));
        }
        foreach (var column in rows.Columns)
            column.RightAligned();
        AnsiConsole.Write(rows);
        if (report.SampledShare < 1)
            Console.WriteLine(Text($"LRU is from a sample of {report.SampledShare:P0} of the keys."));
        if (!report.HasHits)
        {
            Console.WriteLine("No key was requested twice after the warm-up: for these requests a cache of any size is of no use.");
            return;
        }
        var capacity = cache.Bytes is null ? cache.Capacity : cache.Capacity / entry;
        Console.WriteLine(Text($"The hit rate levels at {report.PlateauSize:N0} entries; the cache has room for {capacity:N0}."));
        var (megabytes, hits) = (report.Recommended * entry / Megabyte, Percent(report.RecommendedHitRate));
        Console.WriteLine(Text($"Recommended: {report.Recommended:N0} entries, {megabytes:N1} MB, {hits} hits."));
        WriteMethods(report);
    }

    private static void WriteMethods(SizeReport report)
    {
        var methods = new Table().RoundedBorder()
            .AddColumns("the article's method", "entries", "of the recommended", "promised", "LRU measured");
        foreach (var method in report.Methods)
        {
            methods.AddRow(
                method.Name, Text($"{method.Size:N0}"), Text($"{(double)method.Size / report.Recommended:N2} ×"),
                method.Claimed is { } claimed ? Percent(claimed) : "", Percent(method.HitRate));
        }
        AnsiConsole.Write(methods);
    }

    private static string Percent(double share) => Text($"{100 * share:N1} %");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
