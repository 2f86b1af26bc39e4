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
            .AddColumns("variant", Markup.Escape(result.Study.Evidence.Unit), result.IntervalName, "finding");
        foreach (var variant in result.Variants)
            table.AddRow(variant.Name, Number(variant.Value.Estimate), Range(variant.Value), FindingOf(result, variant));
        AnsiConsole.Write(table);
        foreach (var variant in result.Variants.Where(variant => variant.Details.Count > 0))
            AnsiConsole.WriteLine($"{variant.Name}: {Details(variant)}.");
        foreach (var test in result.Defects)
            AnsiConsole.WriteLine($"{test.Name}: {(test.HasPassed ? "shown" : "not shown")}.");
        AnsiConsole.WriteLine(Notes(result));
    }

    /// <summary>The threshold and the comparison of times.</summary>
    public static string Notes(CaseResult result)
    {
        var evidence = result.Study.Evidence;
        var threshold = double.IsFinite(evidence.Threshold) ? $"Flat is up to {Number(evidence.Threshold)} {evidence.Unit}. " : "";
        return $"{threshold}{(result.Time is { } time ? Time(time) : "")}".TrimEnd();
    }

    /// <summary>The finding, and where it differs from the catalogue, what that says.</summary>
    public static string FindingOf(CaseResult result, VariantResult variant)
        => variant.Finding != variant.Expected ? $"{variant.Finding}, not {variant.Expected}"
            : !variant.AgreesWithCatalogue ? $"{variant.Finding}, but not by {Number(result.Study.Evidence.Expected ?? 0)}"
            : variant.Roots?.AreAsExpected == false ? $"{variant.Finding}, but another root"
            : $"{variant.Finding}";

    public static string Details(VariantResult variant)
        => string.Join(", ", variant.Details.Select(detail => $"{detail.Key} {detail.Value}").Concat(Diagnosis(variant)));

    private static IEnumerable<string> Diagnosis(VariantResult variant) => variant.Roots is { } roots ? [$"diagnose: {roots}"] : [];

    public static string Range(Interval interval) => $"{Number(interval.Low)} to {Number(interval.High)}";

    public static string Number(double value)
        => value.ToString(Math.Abs(value) < 100 && value != Math.Floor(value) ? "0.0##" : "N0", CultureInfo.InvariantCulture);

    /// <summary>The comparison of times.</summary>
    public static string Time(TimeComparison time) => string.Create(CultureInfo.InvariantCulture,
        $"Time of an operation, Leaky over Fixed: {Ratio(time.Ratio)}; Fixed over itself: {Ratio(time.Control)}: "
        + $"{(time.IsDifference ? "a difference" : "no difference")}.");

    /// <summary>How long a proof took, and the day on which it was measured, where that is known.</summary>
    public static string Took(double seconds, DateTimeOffset? measured)
        => string.Create(CultureInfo.InvariantCulture, $"The proof took {seconds:0} s")
            + (measured is { } time ? string.Create(CultureInfo.InvariantCulture, $", measured on {time.UtcDateTime:yyyy-MM-dd}.") : ".");

    private static string Ratio(Interval ratio)
        => string.Create(CultureInfo.InvariantCulture, $"{ratio.Estimate:0.00} ({ratio.Low:0.00} to {ratio.High:0.00})");
}
