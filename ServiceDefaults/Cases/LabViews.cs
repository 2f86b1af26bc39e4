using System.Diagnostics;

namespace Shop.ServiceDefaults.Cases;

/// <summary>The variant to switch to.</summary>
internal sealed record SwitchRequest(string? Variant);

/// <summary>A case and its state in the instance that answers.</summary>
internal sealed record CaseView(string Case, string Variant, long HeldItems, long FuseItems, bool Tripped, string Instance)
{
    public static CaseView Of(ICaseSwitch @case)
        => new(@case.Study.Id, @case.Variant.Name(), @case.HeldItems, @case.FuseItems, @case.IsTripped, ProcessView.InstanceName);
}

/// <summary>What a reset let go of, in the instance that answers; the other replicas follow.</summary>
internal sealed record ResetView(string Case, long HeldItemsBefore, long HeldItemsAfter);

/// <summary>The heap before and after a full collection, in bytes.</summary>
internal sealed record CollectView(string Instance, long HeapBytesBefore, long HeapBytesAfter);

/// <summary>The process behind an instance; sizes in bytes, allocations and pauses since its start.</summary>
internal sealed record ProcessView(
    string Instance, int ProcessId, long HeapBytesAfterLastCollection, long WorkingSetBytes, int Gen2Collections, long AllocatedBytes, double PauseMilliseconds)
{
    /// <summary>The name that the orchestrator gave this instance, else the process id.</summary>
    public static string InstanceName { get; } = Environment.GetEnvironmentVariable("OTEL_RESOURCE_ATTRIBUTES")?.Split(',')
        .Select(pair => pair.Split('=', 2)).Where(pair => pair is ["service.instance.id", _]).Select(pair => pair[1]).FirstOrDefault()
        ?? Environment.ProcessId.ToString(System.Globalization.CultureInfo.InvariantCulture);

    public static ProcessView Read()
        => new(InstanceName, Environment.ProcessId, GC.GetGCMemoryInfo(GCKind.Any).HeapSizeBytes, Environment.WorkingSet,
            GC.CollectionCount(2), GC.GetTotalAllocatedBytes(precise: true), GC.GetTotalPauseDuration().TotalMilliseconds);
}
