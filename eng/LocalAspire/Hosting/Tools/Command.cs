using System.ComponentModel;

namespace LocalAspire.Tools;

/// <summary>Runs a tool to its end: never asks the user, bounded in time, its output kept for the error message only.</summary>
internal sealed record Command(string File, params IReadOnlyList<string> Arguments)
{
    public required string Remedy { get; init; }

    // Secrets go this way, not through the arguments.
    public string Input { get; init; } = "";
    public string WorkingDirectory { get; init; } = "";
    public Dictionary<string, string?> Environment { get; init; } = [];
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Runs it; a failure is an error that begins with <paramref name="failure"/>, unless that is null.</summary>
    public async Task<CommandResult> RunAsync(string? failure, CancellationToken cancellation)
    {
        using var process = Start();
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        timeout.CancelAfter(Timeout);
        try
        {
            await process.StandardInput.WriteAsync(Input.AsMemory(), timeout.Token);
            process.StandardInput.Close();
            var output = await Task.WhenAll(process.StandardError.ReadToEndAsync(timeout.Token), process.StandardOutput.ReadToEndAsync(timeout.Token));
            await process.WaitForExitAsync(timeout.Token);
            var result = new CommandResult(process.ExitCode, string.Join('\n', output));
            return result.ExitCode == 0 || failure is null ? result : throw new DistributedApplicationException($"{failure}: {result.Reason} {Remedy}");
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new DistributedApplicationException($"'{File} {Arguments[0]}' did not finish within {Timeout.TotalMinutes:0} minutes and was ended. {Remedy}");
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }

    private Process Start()
    {
        var start = new ProcessStartInfo(File, Arguments) { WorkingDirectory = WorkingDirectory, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in Environment)
            start.Environment[name] = value;
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception missing)
        {
            throw new DistributedApplicationException($"'{File}' is needed and cannot be run here. {Remedy}", missing);
        }
    }

    public static string? OnPath(string program) => (System.Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Select(folder => Path.Combine(folder, program)).FirstOrDefault(System.IO.File.Exists);
}

internal sealed record CommandResult(int ExitCode, string Output)
{
    /// <summary>The line that most likely says why it failed: npm's, which says the details before it, or apt's or Postgres', which name the level.</summary>
    public string Reason => Error ?? Output.Trim().Split('\n')[^1];
    public string? Error => Regex.Match(Output, "^(npm error (?!code|errno|syscall|type)|E:|.*(FATAL|ERROR):).*$", RegexOptions.Multiline) is { Success: true } line ? line.Value : null;
}
