using System.Collections.Concurrent;
using System.Diagnostics;
using Shop.Lab.Proof.Measuring;
using Shop.Lab.Proof.Running;
using Shop.ServiceDefaults.Cases;
using Spectre.Console;

namespace Shop.Lab.Proof.Report;

/// <summary>Shows a proof while it runs: in a terminal a bar for each variant, elsewhere a line every few seconds.</summary>
internal static class ProofProgress
{
    private const string NoStep = "preparing";
    private static readonly TimeSpan LineEvery = TimeSpan.FromSeconds(3);

    public static async Task<CaseResult> ShowAsync(CaseStudy study, Func<Action<string, ProofStep>, Task<CaseResult>> run)
    {
        string[] names = [.. PlannedTarget.Of(study).Select(plan => plan.Name)];
        if (!AnsiConsole.Profile.Capabilities.Interactive)
            return await ShowLinesAsync(study.Id, names, run);
        return await AnsiConsole.Progress().AutoClear(true).StartAsync(async progress =>
        {
            var bars = names.ToDictionary(name => name, name => progress.AddTask($"{study.Id} {name}: {NoStep}", maxValue: 1));
            return await run((name, step) =>
            {
                bars[name].Value = step.Share;
                bars[name].Description = $"{study.Id} {name}: {step.Text}";
            });
        });
    }

    private static async Task<CaseResult> ShowLinesAsync(
        string id, string[] names, Func<Action<string, ProofStep>, Task<CaseResult>> run)
    {
        Console.WriteLine($"{id}: measuring {string.Join(", ", names)} …");
        var started = Stopwatch.GetTimestamp();
        var steps = new ConcurrentDictionary<string, ProofStep>();
        var running = run((name, step) => steps[name] = step);
        while (await Task.WhenAny(running, Task.Delay(LineEvery)) != running)
            Console.WriteLine(Line(id, Stopwatch.GetElapsedTime(started), names, steps));
        return await running;
    }

    private static string Line(string id, TimeSpan elapsed, string[] names, ConcurrentDictionary<string, ProofStep> steps)
    {
        var variants = names.Select(name => $"{name} {(steps.TryGetValue(name, out var step) ? step.Text : NoStep)}");
        return FormattableString.Invariant($"{id}, {elapsed.TotalSeconds:0} s: {string.Join("; ", variants)}");
    }
}
