namespace Shop.Lab.Page.Cases.Runs;

/// <summary>How a run ended.</summary>
/// <param name="Kind">What ran.</param>
/// <param name="ExitCode">The exit code of the process.</param>
/// <param name="WasKilled">Whether it was killed because it did not end after it was cancelled.</param>
/// <param name="HasProof">Whether it has written a report.</param>
internal sealed record RunEnd(RunKind Kind, int ExitCode, bool WasKilled, bool HasProof)
{
    /// <summary>The exit code in words.</summary>
    public override string ToString() => FormattableString.Invariant($"{Words} (exit code {ExitCode})");

    private string Words => (Kind, ExitCode) switch
    {
        _ when WasKilled => FormattableString.Invariant(
            $"Killed: {CommandLine.StopTimeout.TotalMinutes} minutes after it was cancelled it had not ended"),
        (_, CommandLine.Interrupted) => "Cancelled",
        (RunKind.Prove, CommandLine.Done) => "As catalogued",
        (RunKind.Prove, CommandLine.Failed) when HasProof => "Not as catalogued",
        (RunKind.Prove, CommandLine.Failed) => "The proof failed; its last line says why",
        (RunKind.Diagnose, CommandLine.Done) => "No leak",
        (RunKind.Diagnose, CommandLine.Failed) => "A leak was found",
        (RunKind.Diagnose, CommandLine.Unreadable) => "The process cannot be read; the last line says why",
        _ => "It ended unexpectedly",
    };
}
