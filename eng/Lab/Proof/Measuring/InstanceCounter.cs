using Microsoft.Diagnostics.NETCore.Client;
using Microsoft.Diagnostics.Runtime;
using Shop.Lab.Diagnosis.Snapshots;

namespace Shop.Lab.Proof.Measuring;

/// <summary>Counts live instances in a dump of the process, which is deleted at once.</summary>
internal static class InstanceCounter
{
    /// <summary>How many instances of each type the process holds; call it after a collection, dead ones count too.</summary>
    /// <exception cref="LabException">The process cannot be dumped.</exception>
    public static async Task<IReadOnlyDictionary<string, long>> CountAsync(
        int processId, IReadOnlyCollection<string> types, CancellationToken cancellationToken)
    {
        using var folder = await DumpFolder.CreateAsync(processId, cancellationToken);
        var dump = Path.Combine(folder.Path, "heap.dmp");
        try
        {
            await new DiagnosticsClient(processId).WriteDumpAsync(DumpType.WithHeap, dump, logDumpGeneration: false, cancellationToken);
            return await Task.Run(() => Count(dump, types), cancellationToken);
        }
        catch (Exception exception)
            when (exception is ServerErrorException or ServerNotAvailableException or ClrDiagnosticsException or IOException)
        {
            throw new LabException($"The heap of process {processId} cannot be read: {exception.Message}");
        }
    }

    private static Dictionary<string, long> Count(string dump, IReadOnlyCollection<string> types)
    {
        var counts = types.ToDictionary(type => type, _ => 0L);
        using var target = DataTarget.LoadDump(dump);
        using var runtime = ClrRuntimes.Open(target);
        foreach (var instance in runtime.Heap.EnumerateObjects())
        {
            if (instance.Type?.Name is { } name && counts.TryGetValue(name, out var count))
                counts[name] = count + 1;
        }
        return counts;
    }
}
