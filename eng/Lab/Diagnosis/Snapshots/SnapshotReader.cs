using System.Runtime.InteropServices;
using Microsoft.Diagnostics.Runtime;

namespace Shop.Lab.Diagnosis.Snapshots;

/// <summary>
/// Reads a process as it was when it was paused: what it may have changed since from copies, the rest (the images of assemblies) from the
/// process.
/// </summary>
internal sealed class SnapshotReader(IDataReader paused, ProcessMemory memory) : IDataReader
{
    private IDataReader _source = paused;

    public string DisplayName => _source.DisplayName;

    public bool IsThreadSafe => false;

    public OSPlatform TargetPlatform => _source.TargetPlatform;

    public Architecture Architecture => _source.Architecture;

    public int ProcessId => _source.ProcessId;

    public int PointerSize => _source.PointerSize;

    /// <summary>Whether the process ended before all was read.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>Goes on with a process that runs.</summary>
    public void ContinueWith(IDataReader running) => _source = running;

    public IEnumerable<ModuleInfo> EnumerateModules() => _source.EnumerateModules();

    public bool GetThreadContext(uint threadID, uint contextFlags, Span<byte> context)
    {
        try
        {
            return _source.GetThreadContext(threadID, contextFlags, context);
        }
        catch (InvalidOperationException)
        {
            HasEnded = true;
            return false;
        }
    }

    public void FlushCachedData()
    {
        // What ClrMD has cached belongs to the snapshot.
    }

    public int Read(ulong address, Span<byte> buffer)
    {
        if (memory.TryRead(address, buffer))
            return buffer.Length;
        try
        {
            return _source.Read(address, buffer);
        }
        catch (InvalidOperationException)
        {
            // The runtime's reader, which is native, asks too: an exception would end this process there.
            HasEnded = true;
            return 0;
        }
    }

    public bool Read<T>(ulong address, out T value) where T : unmanaged
    {
        Span<byte> buffer = stackalloc byte[Marshal.SizeOf<T>()];
        var isRead = Read(address, buffer) == buffer.Length;
        value = isRead ? MemoryMarshal.Read<T>(buffer) : default;
        return isRead;
    }

    public T Read<T>(ulong address) where T : unmanaged => Read<T>(address, out var value) ? value : default;

    public bool ReadPointer(ulong address, out ulong value) => Read(address, out value);

    public ulong ReadPointer(ulong address) => Read<ulong>(address);
}
