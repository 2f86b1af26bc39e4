using System.Diagnostics;
using System.Text;
using Microsoft.Extensions.Logging;
using Shop.ServiceDefaults.Cases;

namespace Shop.AppHost;

/// <summary>The dashboard's command that proves a case: the Lab's <c>prove</c>, with servers and services of its own beside the running shop.</summary>
internal static partial class ProofCommand
{
    /// <summary>Adds the command to a service that carries cases; its result is the table of the proof.</summary>
    public static IResourceBuilder<ProjectResource> WithProofCommand(this IResourceBuilder<ProjectResource> service, IReadOnlyList<CaseStudy> cases)
        => service.WithCommand("prove-case", "Prove a case", RunAsync, new CommandOptions
        {
            Description = "Measures Leaky and Fixed side by side in Release processes of their own, which takes a minute or two, and judges them. The running shop is not touched.",
            IconName = "Beaker",
            Arguments = [CaseCommands.CaseChoice(cases)],
        });

    private static async Task<ExecuteCommandResult> RunAsync(ExecuteCommandContext context)
    {
        var @case = context.Arguments[CaseCommands.CaseArgument].Value ?? "";
        var start = new ProcessStartInfo("dotnet", ["run", "--project", new Projects.Lab().ProjectPath, "--", "prove", @case]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var proof = Process.Start(start)!;
        try
        {
            var error = proof.StandardError.ReadToEndAsync(context.CancellationToken);
            var output = await FollowAsync(proof.StandardOutput, context);
            await proof.WaitForExitAsync(context.CancellationToken);
            var table = new CommandResultData { Value = $"```\n{output}\n```", Format = CommandResultFormat.Markdown, DisplayImmediately = true };
            return proof.ExitCode == 0 ? CommandResults.Success($"{@case} is as catalogued", table)
                : output.Length > 0 && (await error).Length == 0 ? CommandResults.Failure($"{@case} is not as catalogued", table)
                : CommandResults.Failure(await error);
        }
        finally
        {
            // Cancelled: told politely, so that it stops what it has started.
            if (!proof.HasExited)
                Process.Start("kill", ["-TERM", $"{proof.Id}"])?.Dispose();
        }
    }

    // The resource's console shows the proof while it runs.
    private static async Task<string> FollowAsync(StreamReader lines, ExecuteCommandContext context)
    {
        var output = new StringBuilder();
        while (await lines.ReadLineAsync(context.CancellationToken) is { } line)
        {
            output.AppendLine(line);
            LogLine(context.Logger, line);
        }
        return output.ToString().TrimEnd();
    }

    [LoggerMessage(LogLevel.Information, "{Line}")]
    private static partial void LogLine(ILogger logger, string line);
}
