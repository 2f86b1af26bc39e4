namespace Shop.ServiceDefaults.Cases;

/// <summary>The measurements that the proof of a case expects.</summary>
/// <param name="BytesPerOperation">Bytes that one operation adds under Leaky: retained for Retained, allocated for Allocated.</param>
/// <param name="TrackedTypes">Full names of types whose number of live instances grows under Leaky and must not grow under Fixed.</param>
public sealed record CaseEvidence(long BytesPerOperation, IReadOnlyList<string> TrackedTypes);
