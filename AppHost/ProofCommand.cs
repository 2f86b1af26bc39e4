using Shop.ServiceDefaults.Cases;

namespace Shop.AppHost;

/// <summary>The dashboard's command that proves a case: the Lab's <c>prove</c>, with servers and services of its own beside the running shop.</summary>
internal static class ProofCommand
{
    private const int MaxLines = 100;

    /// <summary>Adds the command to a service that carries cases; its result is the proof's table, its progress is in the resource's log.</summary>
    public static IResourceBuilder<ProjectResource> WithProofCommand(this IResourceBuilder<ProjectResource> service, IReadOnlyList<CaseStudy> cases)
        => service.WithProcessCommand("prove-case", "Prove a case", Describe, new ProcessCommandOptions
        {
            Description = "Measures Leaky and Fixed side by side in Release processes of their own, which takes a minute or two, and judges them. The running shop is not touched.",
            IconName = "Beaker",
            Arguments = [CaseCommands.CaseChoice(cases)],
            MaxOutputLineCount = MaxLines,
            GetCommandResult = context => Task.FromResult(Read(context)),
        });

    // The built program itself: dotnet run would ignore the signal by which a cancelled command is told to stop.
    private static ProcessCommandSpec Describe(ExecuteCommandContext context)
        => new("dotnet") { Arguments = ["exec", $"{ServiceProcesses.BuiltProgram(new Projects.Lab())}.dll", "prove", context.Arguments.GetString(CaseCommands.CaseArgument)!] };

    // The last line says how it ended: as catalogued or not, or what went wrong.
    private static ExecuteCommandResult Read(ProcessCommandResultContext proof)
    {
        var end = proof.Output.Count > 0 ? proof.Output[^1] : $"The proof ended with {proof.ExitCode} and without output.";
        var table = new CommandResultData { Value = $"```\n{proof.GetFormattedOutput(MaxLines)}\n```", Format = CommandResultFormat.Markdown, DisplayImmediately = true };
        return proof.ExitCode == 0 ? CommandResults.Success(end, table) : CommandResults.Failure(end, table);
    }
}
