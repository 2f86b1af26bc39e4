using Shop.Lab.Proof.Running;
using Shop.ServiceDefaults.Cases;
using Spectre.Console;

namespace Shop.Lab.Proof.Report;

/// <summary>Shows a proof while it runs: in a terminal a bar for each variant, elsewhere one line.</summary>
internal static class ProofProgress
{
    public static async Task<CaseResult> ShowAsync(CaseStudy study, Func<Action<string, double>, Task<CaseResult>> run)
    {
        string[] names = [.. PlannedTarget.Of(study).Select(plan => plan.Name)];
        if (!AnsiConsole.Profile.Capabilities.Interactive)
        {
            Console.WriteLine($"{study.Id}: measuring {string.Join(", ", names)} …");
            return await run((_, _) => { });
        }
        return await AnsiConsole.Progress().AutoClear(true).StartAsync(async progress =>
        {
            var bars = names.ToDictionary(name => name, name => progress.AddTask($"{study.Id} {name}", maxValue: 1));
            return await run((name, done) => bars[name].Value = done);
        });
    }
}
