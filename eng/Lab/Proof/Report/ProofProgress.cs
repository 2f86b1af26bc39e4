using Shop.ServiceDefaults.Cases;
using Spectre.Console;

namespace Shop.Lab.Proof.Report;

/// <summary>Shows a proof while it runs: in a terminal a bar for each variant, elsewhere one line.</summary>
internal static class ProofProgress
{
    public static async Task<CaseResult> ShowAsync(CaseStudy study, Func<Action<CaseVariant, double>, Task<CaseResult>> run)
    {
        if (!AnsiConsole.Profile.Capabilities.Interactive)
        {
            Console.WriteLine($"{study.Id}: measuring {string.Join(", ", study.Variants.Select(CaseVariants.Name))} …");
            return await run((_, _) => { });
        }
        return await AnsiConsole.Progress().AutoClear(true).StartAsync(async progress =>
        {
            var bars = study.Variants.ToDictionary(variant => variant, variant => progress.AddTask($"{study.Id} {variant.Name()}", maxValue: 1));
            return await run((variant, done) => bars[variant].Value = done);
        });
    }
}
