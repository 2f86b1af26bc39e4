using Microsoft.Diagnostics.Runtime;

namespace Shop.Lab.Diagnosis.Snapshots;

/// <summary>Opens the runtime of a process or dump with the reader that lies beside the runtime itself.</summary>
internal static class ClrRuntimes
{
    /// <exception cref="LabException">There is no .NET runtime, or none that can be read.</exception>
    public static ClrRuntime Open(DataTarget target)
    {
        if (target.ClrVersions is not [var clr, ..])
            throw new LabException($"{target.DataReader.DisplayName} has no .NET runtime.", CommandLine.Unreadable);
        // Neither a dump nor a process of .NET 10 tells the runtime's version, so ClrMD 4.2 finds no matching reader.
        var library = clr.DebuggingLibraries.FirstOrDefault(library => library.Kind == DebugLibraryKind.Dac)?.FileName
            ?? throw new InvalidDataException("It is incomplete: it does not hold the runtime.");
        var reader = Path.Combine(Path.GetDirectoryName(clr.ModuleInfo.FileName) ?? "", Path.GetFileName(library));
        if (!File.Exists(reader))
        {
            throw new LabException(
                $"Beside the runtime {clr.ModuleInfo.FileName} is no {Path.GetFileName(reader)} that reads it: read it where it ran.",
                CommandLine.Unreadable);
        }
        return clr.CreateRuntime(reader, ignoreMismatch: true);
    }
}
