using System.Globalization;
using Microsoft.Extensions.DependencyInjection;

namespace Shop.AppHost;

/// <summary>Adds the dashboard's commands that run the Lab in a process of its own, and show what it printed.</summary>
internal static class LabProcessCommands
{
    private const int MaxLines = 100;
    private const string ProcessId = "executable.pid";

    /// <summary>Adds the Lab's <c>prove</c>, which starts its own servers and services; the progress is in the service's log.</summary>
    public static IResourceBuilder<ProjectResource> WithProofCommand(this IResourceBuilder<ProjectResource> service, CaseChoices choices)
        => service.WithProcessCommand(
            "prove-case", "Prove a case", context => Lab("prove", context.Arguments.GetString(CaseChoices.Case)!), new ProcessCommandOptions
            {
                Description = "Measures and judges the variants of a case side by side, in separate processes, within a minute or two.",
                IconName = "Beaker",
                Arguments = [choices.CaseInput()],
                MaxOutputLineCount = MaxLines,
                GetCommandResult = context => Task.FromResult(Read(context, isSuccess: context.ExitCode == 0)),
            });

    /// <summary>Adds the Lab's <c>diagnose</c> of the service's process, or of the replica's.</summary>
    public static IResourceBuilder<ProjectResource> WithDiagnoseCommand(this IResourceBuilder<ProjectResource> service)
        => service.WithProcessCommand(
            "diagnose-memory", "Diagnose memory", context => Lab("diagnose", ProcessOf(context)), new ProcessCommandOptions
            {
                Description = "Names what grows in the service's memory, and the root that holds it, within half a minute.",
                IconName = "Stethoscope",
                IsHighlighted = true,
                MaxOutputLineCount = MaxLines,
                // A leak that was found is a result too.
                GetCommandResult = context => Task.FromResult(Read(context, isSuccess: context.ExitCode is 0 or 1)),
            });

    // Not dotnet run, which ignores the interrupt that cancels a command.
    private static ProcessCommandSpec Lab(params string[] arguments)
        => new("dotnet") { Arguments = ["exec", $"{ServiceProcesses.BuiltProgram(new Projects.Lab())}.dll", .. arguments] };

    private static string ProcessOf(ExecuteCommandContext context)
    {
        context.Services.GetRequiredService<ResourceNotificationService>().TryGetCurrentState(context.ResourceName, out var current);
        var process = current?.Snapshot.Properties.FirstOrDefault(property => property.Name == ProcessId)?.Value;
        return Convert.ToString(process, CultureInfo.InvariantCulture)
            ?? throw new InvalidOperationException($"{context.ResourceName} has no process.");
    }

    // The last line contains the verdict or the error.
    private static ExecuteCommandResult Read(ProcessCommandResultContext lab, bool isSuccess)
    {
        var end = lab.Output.Count > 0 ? lab.Output[^1] : $"The Lab exited with code {lab.ExitCode} without output.";
        var table = new CommandResultData
        {
            Value = $"```\n{lab.GetFormattedOutput(MaxLines)}\n```",
            Format = CommandResultFormat.Markdown,
            DisplayImmediately = true,
        };
        return isSuccess ? CommandResults.Success(end, table) : CommandResults.Failure(end, table);
    }
}
