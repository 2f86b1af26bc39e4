using System.Globalization;
using Shop.Lab.Proof.Measuring;
using Spectre.Console;

namespace Shop.Lab.Proof.Report;

/// <summary>A case's result in the terminal.</summary>
internal static class ProofTable
{
    public static void Write(CaseResult result)
    {
        var table = new Table().RoundedBorder().Title(Markup.Escape($"{result.Study.Id} ({result.Study.Kind}), {result.Seconds:0} s: {result.Verdict}"))
            .AddColumns("variant", "bytes per operation, net", "95 % interval", "finding", "expected", "details");
        foreach (var variant in result.Variants)
            table.AddRow(variant.Name, Bytes(variant.Value.Estimate), Range(variant.Value), variant.Finding.ToString(), variant.Expected.ToString(), Markup.Escape(Details(variant)));
        AnsiConsole.Write(table);
        AnsiConsole.WriteLine($"Flat is below {Bytes(result.Threshold)} B per operation.");
        AnsiConsole.WriteLine(Time(result.Time));
    }

    public static string Details(VariantResult variant) => string.Join(", ", variant.Details.Select(detail => $"{detail.Key} {detail.Value}"));

    public static string Range(Interval interval) => $"{Bytes(interval.Low)} to {Bytes(interval.High)}";

    public static string Bytes(double bytes) => bytes.ToString(Math.Abs(bytes) < 100 ? "0.0" : "N0", CultureInfo.InvariantCulture);

    public static string Time(TimeComparison time) => string.Create(CultureInfo.InvariantCulture,
        $"Time of an operation, Leaky over Fixed: {time.Ratio.Estimate:0.00} ({time.Ratio.Low:0.00} to {time.Ratio.High:0.00}); Fixed over itself: {time.Control.Estimate:0.00} ({time.Control.Low:0.00} to {time.Control.High:0.00}): {(time.IsDifference ? "a difference" : "no difference")}.");
}
