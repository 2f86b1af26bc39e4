using System.Diagnostics.CodeAnalysis;
using Aspire.Hosting;
using Microsoft.Diagnostics.NETCore.Client;

namespace Shop.Lab.Diagnosis.Snapshots;

/// <summary>A dump of a process, which is deleted when it is disposed of, unless it was moved.</summary>
internal sealed class ProcessDump : IDisposable
{
    private readonly LockedFolder _folder;

    private ProcessDump(LockedFolder folder, string path) => (_folder, Path) = (folder, path);

    /// <summary>The file. Only the process's user can read it.</summary>
    public string Path { get; set; }

    /// <summary>Has the process write it.</summary>
    [SuppressMessage("Reliability", "CA2000", Justification = "The dump owns its folder.")]
    public static async Task<ProcessDump> WriteAsync(int processId, CancellationToken cancellationToken)
    {
        var folder = await DumpFolder.CreateAsync(processId, cancellationToken);
        try
        {
            var path = System.IO.Path.Combine(folder.Path, "heap.dmp");
            await new DiagnosticsClient(processId).WriteDumpAsync(DumpType.WithHeap, path, logDumpGeneration: false, cancellationToken);
            return new(folder, path);
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    public void Dispose() => _folder.Dispose();
}
