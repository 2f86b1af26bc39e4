using System.ComponentModel;

namespace LocalAspire.Tools;

/// <summary>Runs a tool to its end: never asks the user, bounded in time, its output kept for the error message only.</summary>
internal sealed record Command(string File, params IReadOnlyList<string> Arguments)
{
    public required string Remedy { get; init; }

    // Secrets go this way, not through the arguments.
    public string Input { get; init; } = "";
    public string WorkingDirectory { get; init; } = "";
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = ImmutableDictionary<string, string?>.Empty;
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

    /// <summary>The full path of a program on PATH, or null.</summary>
    public static string? OnPath(string program) => (System.Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Select(folder => Path.Combine(folder, program)).FirstOrDefault(System.IO.File.Exists);
}

internal sealed record CommandResult(int ExitCode, string Output)
{
    // npm's error is in the lines that are not one of these details; apt's begins with E:.
    private static readonly string[] Details = ["npm error code", "npm error errno", "npm error syscall", "npm error type"];
    private string[] Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>The line that most likely says why it failed.</summary>
    public string Reason => First("npm error", "E:", "FATAL:", "ERROR:") ?? Lines.LastOrDefault() ?? $"exit code {ExitCode}";
    public string? First(params string[] starts) => Lines.FirstOrDefault(line => starts.Any(line.Contains) && !Details.Any(line.Contains));
}
