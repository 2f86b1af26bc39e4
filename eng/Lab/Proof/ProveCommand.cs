using System.CommandLine;
using System.Text.Json;
using MassTransit;
using Npgsql;
using Shop.Lab.Cases;
using Shop.Lab.Proof.Defects;
using Shop.Lab.Proof.Feeds;
using Shop.Lab.Proof.Measuring;
using Shop.Lab.Proof.Report;
using Shop.Lab.Proof.Running;
using Shop.ServiceDefaults.Cases;
using Spectre.Console;

namespace Shop.Lab.Proof;

/// <summary>The command <c>prove</c>: runs a case's variants side by side and judges them.</summary>
internal static class ProveCommand
{
    /// <summary>The first step, as the command prints it.</summary>
    public const string Building = "Building the services and the tests in Release";

    private const string All = "all";

    public static Command Create()
    {
        var cases = new Argument<string[]>("case") { Description = "The cases to prove", Arity = ArgumentArity.ZeroOrMore };
        cases.AcceptOnlyFromAmong(StringComparer.OrdinalIgnoreCase, [All, .. CaseStudies.All.Select(study => study.Id)]);
        var changed = new Option<bool>("--changed") { Description = "Proves the cases whose folder differs from the branch main" };
        var report = new Option<string?>("--report")
        {
            Description = $"Folder for the report; default for {All}: eng/Lab/Report, for single cases none",
            HelpName = "folder",
        };
        var command = new Command("prove",
            "Measures the variants of a case under the same operations, each in a Release process of its own, and judges them; "
            + "runs the tests of the published fix's defects. Exit code 0: all as catalogued.")
        {
            cases,
            changed,
            report,
        };
        command.Validators.Add(parsed =>
        {
            if (parsed.GetValue(changed) == parsed.GetValue(cases) is { Length: > 0 })
                parsed.AddError("Name the cases to prove, or use --changed.");
        });
        command.SetCancellableAction(async (parsed, stop) =>
        {
            var studies = parsed.GetValue(changed)
                ? await ChangedCases.ReadAsync(Repository.Folder, stop)
                : Find(parsed.GetRequiredValue(cases));
            return await RunAsync(studies, parsed.GetValue(report), stop);
        });
        return command;
    }

    private static async Task<int> RunAsync(IReadOnlyList<CaseStudy> studies, string? folder, CancellationToken stop)
    {
        if (studies.Count == 0)
        {
            Console.WriteLine("No case differs from main.");
            return CommandLine.Done;
        }
        var results = await ProveAsync(studies, stop);
        Console.WriteLine($"{results.Count(result => result.IsProven)} of {results.Count} as catalogued.");
        var defaultFolder = studies.Count == CaseStudies.All.Count ? Path.Combine(Repository.Folder, "eng", "Lab", "Report") : null;
        if ((folder ?? defaultFolder) is { } report)
        {
            await ProofReport.WriteAsync(report, results, stop);
            // Whoever has named the folder knows it; the page deletes its own.
            if (folder is null)
                Console.WriteLine($"Report: {Path.Combine(report, ProofReport.FileName)}");
        }
        return results.All(result => result.IsProven) ? CommandLine.Done : CommandLine.Failed;
    }

    private static async Task<IReadOnlyList<CaseResult>> ProveAsync(IReadOnlyList<CaseStudy> studies, CancellationToken stop)
    {
        await StepAsync(Building, () => Repository.BuildReleaseAsync(DefectTests.Project, stop));
        ILookup<string, DefectTest>? defects = null;
        await StepAsync("Running the tests of the published fixes' defects",
            async () => defects = await DefectTests.RunAsync(studies, stop));
        Backends? backends = null;
        await StepAsync("Starting Postgres, Redis and RabbitMQ",
            async () => backends = await Backends.StartAsync(studies.SelectMany(ServicesOf), stop));
        await using var started = backends!;
        var results = new List<CaseResult>();
        foreach (var study in studies)
        {
            results.Add(await ProofProgress.ShowAsync(study, report => ProveAsync(study, started, [.. defects![study.Id]], report, stop)));
            ProofTable.Write(results[^1]);
        }
        return results;
    }

    private static async Task<CaseResult> ProveAsync(
        CaseStudy study, Backends backends, IReadOnlyList<DefectTest> defects, Action<string, ProofStep> report, CancellationToken stop)
    {
        try
        {
            return await new CaseProof(study, backends, defects, report).RunAsync(stop);
        }
        catch (Exception exception) when (IsOfService(exception) && !stop.IsCancellationRequested)
        {
            throw new LabException($"The proof of {study.Id} failed: {exception.Message}");
        }
    }

    private static bool IsOfService(Exception exception)
        => exception is HttpRequestException or NpgsqlException or MassTransitException or JsonException or IOException;

    private static IEnumerable<(string Name, string Service)> ServicesOf(CaseStudy study)
        => CaseFeeding.Of(study).Neighbours.Select(service => (ServiceProcess.NameOf(study, service), service))
            .Concat(PlannedTarget.Of(study).Select(plan => (ServiceProcess.NameOf(study, plan.Name), study.Service)));

    private static IReadOnlyList<CaseStudy> Find(string[] names)
        => [.. CaseStudies.All.Where(study => names.Any(name => new[] { All, study.Id }.Contains(name, StringComparer.OrdinalIgnoreCase)))];

    private static async Task StepAsync(string what, Func<Task> step)
    {
        if (AnsiConsole.Profile.Capabilities.Interactive)
        {
            await AnsiConsole.Status().StartAsync($"{what} …", _ => step());
        }
        else
        {
            Console.WriteLine($"{what} …");
            await step();
        }
        Console.WriteLine($"{what}: done.");
    }
}
