using System.Globalization;
using Shop.Lab.Proof.Measuring;
using Spectre.Console;

namespace Shop.Lab.Proof.Report;

/// <summary>A case's result in the terminal, and in the dashboard's dialog, which is narrow.</summary>
internal static class ProofTable
{
    public static void Write(CaseResult result)
    {
        var title = $"{result.Study.Id} ({result.Study.Evidence.Kind}), {result.Seconds:0} s: {result.Verdict}";
        var table = new Table().RoundedBorder().Title(Markup.Escape(title))
            .AddColumns("variant", "net B per operation", "95 % interval", "finding");
        foreach (var variant in result.Variants)
            table.AddRow(variant.Name, Bytes(variant.Value.Estimate), Range(variant.Value), variant.IsAsCatalogued ? $"{variant.Finding}" : $"{variant.Finding}, not {variant.Expected}");
        AnsiConsole.Write(table);
        foreach (var variant in result.Variants.Where(variant => variant.Details.Count > 0))
            AnsiConsole.WriteLine($"{variant.Name}: {Details(variant)}.");
        AnsiConsole.WriteLine($"Flat is below {Bytes(result.Study.Evidence.Threshold)} B per operation.");
        AnsiConsole.WriteLine(Time(result.Time));
    }

    public static string Details(VariantResult variant) => string.Join(", ", variant.Details.Select(detail => $"{detail.Key} {detail.Value}"));

    public static string Range(Interval interval) => $"{Bytes(interval.Low)} to {Bytes(interval.High)}";

    public static string Bytes(double bytes) => bytes.ToString(Math.Abs(bytes) < 100 ? "0.0" : "N0", CultureInfo.InvariantCulture);

    public static string Time(TimeComparison time) => string.Create(CultureInfo.InvariantCulture,
        $"Time of an operation, Leaky over Fixed: {time.Ratio.Estimate:0.00} ({time.Ratio.Low:0.00} to {time.Ratio.High:0.00}); Fixed over itself: {time.Control.Estimate:0.00} ({time.Control.Low:0.00} to {time.Control.High:0.00}): {(time.IsDifference ? "a difference" : "no difference")}.");
}
