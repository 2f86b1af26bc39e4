namespace Shop.ServiceDefaults.Cases;

/// <summary>What an instance of a service uses at one moment; sizes in bytes, times in seconds, totals since the process started.</summary>
/// <param name="Instance">The name that the orchestrator gave the instance.</param>
/// <param name="ProcessId">Its process.</param>
/// <param name="Started">When the process started: another start is another process.</param>
/// <param name="Time">The moment.</param>
/// <param name="LiveBytes">Alive after the last full blocking collection; null before the first.</param>
/// <param name="GenerationBytes">
/// The heap after the last collection: generations 0, 1 and 2, large objects, pinned objects.
/// </param>
/// <param name="AllocatedBytes">Allocated in total.</param>
/// <param name="WorkingSetBytes">The resident set.</param>
/// <param name="Collections">Collections of generations 0, 1 and 2 in total; one of a generation counts for the younger ones too.</param>
/// <param name="PausedSeconds">In pauses of the collector in total.</param>
/// <param name="CpuSeconds">Of all cores in total.</param>
/// <param name="Requests">Requests of customers in total, since the first reader of samples.</param>
/// <param name="Failures">Those of them that were answered with 5xx.</param>
/// <param name="P50">The median duration of the requests that ended in the last 10 s; null if there was none.</param>
/// <param name="P95">The duration that 95 % of them did not exceed.</param>
/// <param name="Collects">Full collections that were asked for by the lab.</param>
/// <param name="Cases">The service's cases.</param>
public sealed record LiveSample(
    string Instance, int ProcessId, DateTimeOffset Started, DateTimeOffset Time, long? LiveBytes, IReadOnlyList<long> GenerationBytes,
    long AllocatedBytes, long WorkingSetBytes, IReadOnlyList<int> Collections, double PausedSeconds, double CpuSeconds, long Requests,
    long Failures, double? P50, double? P95, int Collects, IReadOnlyList<CaseSample> Cases);
