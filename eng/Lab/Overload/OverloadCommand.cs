using System.CommandLine;
using Shop.Lab.Cases;
using Shop.Lab.Load;
using Shop.Lab.Proof.Feeds;
using Shop.Lab.Proof.Running;
using Shop.ServiceDefaults.Cases;

namespace Shop.Lab.Overload;

/// <summary>The command <c>overload</c>: ten times what the service can do, under a limit of the heap.</summary>
internal static class OverloadCommand
{
    // Its memory grows with what it is asked for, and it takes long enough that ten times what it can do is still few requests.
    private const string CaseId = "OrderExport";
    private static readonly TimeSpan DefaultDuration = TimeSpan.FromMinutes(1);

    public static Command Create()
    {
        var duration = CheckedOption.Create<TimeSpan>(
            "--duration", "How long each variant is overloaded", LoadOptions.DurationFormat, LoadOptions.TryParseDuration);
        duration.DefaultValueFactory = _ => DefaultDuration;
        var markdown = ResultTable.CreateOption();
        var command = new Command("overload",
            $"Offers the variants of {CaseId} {OverloadRun.Times} times what Fixed can do, with a heap of at most 200 MiB, each in a "
            + "Release process of its own. Exit code 0: Fixed answers only 2xx, 429 and 503, and what it accepts takes at most "
            + $"{OverloadResult.MaxRatio} times as long as without load, by the 99th percentile; Leaky does not.")
        {
            duration, markdown,
        };
        command.SetCancellableAction((parsed, stop) => RunAsync(parsed.GetRequiredValue(duration), parsed.GetValue(markdown), stop));
        return command;
    }

    /// <summary>The exit code: done if Fixed holds what is claimed and Leaky does not.</summary>
    public static int ExitCodeOf(IEnumerable<OverloadResult> results)
        => results.All(result => result.Holds == (result.Variant == CaseVariant.Fixed.Name())) ? CommandLine.Done : CommandLine.Failed;

    private static async Task<int> RunAsync(TimeSpan duration, bool markdown, CancellationToken stop)
    {
        var study = CaseStudies.All.Single(study => study.Id == CaseId);
        var neighbours = CaseFeeding.Of(study).Neighbours;
        Console.WriteLine("Building the services in Release, and starting Postgres, Redis and RabbitMQ …");
        foreach (var service in neighbours.Append(study.Service))
            await Repository.BuildReleaseAsync(CaseStudies.ProjectOf(service), stop);
        var variants = new[] { CaseVariant.Fixed, CaseVariant.Leaky };
        await using var backends = await Backends.StartAsync(
            [
                .. neighbours.Select(service => (ServiceProcess.NameOf(study, service), service)),
                .. variants.Select(variant => (ServiceProcess.NameOf(study, variant.Name()), study.Service)),
            ],
            stop);
        await using var started = await Neighbours.StartAsync(study, neighbours, backends, stop);
        var results = await new OverloadRun(study, backends, started, duration).RunAsync(stop);
        OverloadTable.Write(results, markdown);
        return ExitCodeOf(results);
    }
}
