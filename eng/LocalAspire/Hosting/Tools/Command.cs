using System.ComponentModel;
using System.Diagnostics;

namespace LocalAspire.Tools;

/// <summary>Runs a tool to its end: never asks the user, bounded in time, its output kept for the error message only.</summary>
internal sealed record Command(string File, params IReadOnlyList<string> Arguments)
{
    /// <summary>What to do if it is not there or fails.</summary>
    public required string Remedy { get; init; }

    /// <summary>What it reads on stdin; secrets go this way, not through the arguments.</summary>
    public string Input { get; init; } = "";

    public string WorkingDirectory { get; init; } = "";
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(10);

    public async Task<CommandResult> RunAsync(CancellationToken cancellationToken)
    {
        using var process = Start();
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(Timeout);
        try
        {
            await process.StandardInput.WriteAsync(Input.AsMemory(), timeout.Token);
            process.StandardInput.Close();
            var output = process.StandardOutput.ReadToEndAsync(timeout.Token);
            var errors = process.StandardError.ReadToEndAsync(timeout.Token);
            await process.WaitForExitAsync(timeout.Token);
            return new CommandResult(process.ExitCode, await output, await errors);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new MissingToolException($"'{File} {Arguments[0]}' did not finish within {Timeout.TotalMinutes:0} minutes and was ended. {Remedy}");
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }

    private Process Start()
    {
        var start = new ProcessStartInfo(File, Arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = WorkingDirectory };
        foreach (var (name, value) in Environment)
            start.Environment[name] = value;
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception missing)
        {
            throw new MissingToolException($"'{File}' is needed and cannot be run here. {Remedy}", missing);
        }
    }

    /// <summary>The full path of a program on PATH, or null.</summary>
    public static string? OnPath(string program) => (System.Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Select(folder => Path.Combine(folder, program)).FirstOrDefault(System.IO.File.Exists);
}

/// <summary>How a command ended.</summary>
internal sealed record CommandResult(int ExitCode, string Output, string Errors)
{
    private static readonly string[] Details = ["npm error code", "npm error errno", "npm error syscall", "npm error type"];

    /// <summary>The line that most likely says why it failed.</summary>
    public string Reason
    {
        get
        {
            var lines = (Errors + '\n' + Output).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            return lines.FirstOrDefault(line => (line.StartsWith("npm error", StringComparison.Ordinal) || line.StartsWith("E:", StringComparison.Ordinal)) && !Details.Any(line.Contains))
                ?? lines.LastOrDefault() ?? $"exit code {ExitCode}";
        }
    }
}
