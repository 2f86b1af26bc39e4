using System.Diagnostics;
using System.Globalization;

namespace Shop.ServiceDefaults.Cases;

/// <summary>Statistics of an instance's process; sizes in bytes, allocations and pauses since its start.</summary>
internal sealed record ProcessView(
    string Instance, int ProcessId, long HeapBytesAfterLastCollection, long WorkingSetBytes, int Gen2Collections, long AllocatedBytes,
    double PauseMilliseconds)
{
    /// <summary>The name that the orchestrator assigned to this instance, or the process id.</summary>
    public static string InstanceName { get; } = Environment.GetEnvironmentVariable("OTEL_RESOURCE_ATTRIBUTES")?.Split(',')
        .Select(pair => pair.Split('=', 2)).Where(pair => pair is ["service.instance.id", _]).Select(pair => pair[1]).FirstOrDefault()
        ?? Environment.ProcessId.ToString(CultureInfo.InvariantCulture);

    /// <summary>When this process started.</summary>
    public static DateTimeOffset Started { get; } = ReadStart();

    public static ProcessView Read()
        => new(InstanceName, Environment.ProcessId, GC.GetGCMemoryInfo(GCKind.Any).HeapSizeBytes, Environment.WorkingSet,
            GC.CollectionCount(2), GC.GetTotalAllocatedBytes(precise: true), GC.GetTotalPauseDuration().TotalMilliseconds);

    private static DateTimeOffset ReadStart()
    {
        using var process = Process.GetCurrentProcess();
        return process.StartTime;
    }
}
