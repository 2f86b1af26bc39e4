namespace Shop.Lab.Diagnosis.Outside;

/// <summary>What a process has beside its managed heap, at one snapshot.</summary>
/// <param name="DynamicAssemblies">Assemblies that were made at run time.</param>
/// <param name="RuntimeBytes">Committed bytes of the runtime's own heaps: types, code, stubs.</param>
/// <param name="ResidentBytes">The resident set; null for a dump.</param>
/// <param name="HeapBytes">Bytes that the collector has committed.</param>
/// <param name="SafeHandles">The reachable safe handles by type: each stands for memory or a resource of the system.</param>
internal sealed record OutsideFacts(
    int DynamicAssemblies, long RuntimeBytes, long? ResidentBytes, long HeapBytes, IReadOnlyDictionary<string, long> SafeHandles)
{
    /// <summary>Resident bytes that neither the collector nor the runtime explains; 0 for a dump.</summary>
    public long NativeBytes => ResidentBytes is { } resident ? resident - HeapBytes - RuntimeBytes : 0;
}
