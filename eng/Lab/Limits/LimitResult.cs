namespace Shop.Lab.Limits;

/// <summary>How a process ended that reached the limit, or did not.</summary>
/// <param name="ExitCode">Its exit code; 128 and the number of the signal that ended it.</param>
/// <param name="Kills">The group's <c>oom_kill</c>; null without a group.</param>
/// <param name="PeakBytes">
/// The most that was resident, read after each megabyte. It includes the pages of the runtime's files, which the group counts only if it
/// was the first to read them: it can be above the group's limit.
/// </param>
/// <param name="HeapLimitBytes">What the runtime takes for the memory that it may use: the heap's hard limit, where there is one.</param>
/// <param name="Log">The first line of its standard error; empty if there is none.</param>
internal sealed record LimitResult(int ExitCode, int? Kills, long PeakBytes, long HeapLimitBytes, string Log)
{
    /// <summary>SIGABRT: the runtime ended the process.</summary>
    public const int Aborted = 134;

    /// <summary>SIGKILL; of the kernel, for want of memory, only if <see cref="Kills"/> counts it.</summary>
    public const int Killed = 137;

    /// <summary>What an operator sees, of the log and of Kubernetes.</summary>
    public string Visible => ExitCode switch
    {
        CommandLine.Done => "nothing: it ends by itself",
        Aborted => $"log: {Log}; reason Error",
        Killed when Kills > 0 => Log == "" ? "no line in the log; reason OOMKilled" : $"log: {Log}; reason OOMKilled",
        Killed => "no line in the log; killed by someone else",
        _ => $"log: {Log}",
    };
}
