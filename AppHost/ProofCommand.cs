namespace Shop.AppHost;

/// <summary>Adds the dashboard's command that runs the Lab's <c>prove</c>, which starts its own servers and services.</summary>
internal static class ProofCommand
{
    private const int MaxLines = 100;

    /// <summary>Adds the command. Its result is the proof's table; the progress is in the service's log.</summary>
    public static IResourceBuilder<ProjectResource> WithProofCommand(this IResourceBuilder<ProjectResource> service, CaseChoices choices)
        => service.WithProcessCommand("prove-case", "Prove a case", Describe, new ProcessCommandOptions
        {
            Description = "Measures and judges the variants of a case side by side, in separate processes, within a minute or two.",
            IconName = "Beaker",
            Arguments = [choices.CaseInput()],
            MaxOutputLineCount = MaxLines,
            GetCommandResult = context => Task.FromResult(Read(context)),
        });

    // Not dotnet run, which ignores the interrupt that cancels a command.
    private static ProcessCommandSpec Describe(ExecuteCommandContext context)
    {
        var lab = $"{ServiceProcesses.BuiltProgram(new Projects.Lab())}.dll";
        return new("dotnet") { Arguments = ["exec", lab, "prove", context.Arguments.GetString(CaseChoices.Case)!] };
    }

    // The last line contains the verdict or the error.
    private static ExecuteCommandResult Read(ProcessCommandResultContext proof)
    {
        var end = proof.Output.Count > 0 ? proof.Output[^1] : $"The proof exited with code {proof.ExitCode} without output.";
        var table = new CommandResultData
        {
            Value = $"```\n{proof.GetFormattedOutput(MaxLines)}\n```",
            Format = CommandResultFormat.Markdown,
            DisplayImmediately = true,
        };
        return proof.ExitCode == 0 ? CommandResults.Success(end, table) : CommandResults.Failure(end, table);
    }
}
