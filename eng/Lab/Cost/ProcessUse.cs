namespace Shop.Lab.Cost;

/// <summary>What a process has used since its start.</summary>
/// <param name="Id">The process.</param>
/// <param name="Parent">Its parent.</param>
/// <param name="Arguments">Its command line; empty for a thread of the kernel.</param>
/// <param name="CpuTime">CPU time of all threads, those that ended included; its resolution is 10 ms.</param>
/// <param name="ContextSwitches">Context switches of each thread that runs now, by its id.</param>
/// <param name="ResidentBytes">Memory that is in use now.</param>
internal sealed record ProcessUse(
    int Id, int Parent, IReadOnlyList<string> Arguments, TimeSpan CpuTime, IReadOnlyDictionary<int, long> ContextSwitches,
    long ResidentBytes);
