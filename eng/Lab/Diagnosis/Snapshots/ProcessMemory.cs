namespace Shop.Lab.Diagnosis.Snapshots;

/// <summary>What is copied of a process while it stands still. The next copy uses the same buffers.</summary>
internal sealed class ProcessMemory
{
    /// <summary>The managed heap.</summary>
    public MemoryCopy Heap { get; } = new();

    /// <summary>
    /// What the runtime writes beside it: types, fields and methods. Its tables change while the process goes on, and the runtime's reader
    /// has been seen to search one without end of which it had read a part before and a part after.
    /// </summary>
    public MemoryCopy Runtime { get; } = new();

    /// <summary>Reads from the copies; false if a part of the bytes is in neither.</summary>
    public bool TryRead(ulong address, Span<byte> buffer) => Heap.TryRead(address, buffer) || Runtime.TryRead(address, buffer);

    /// <summary>Forgets the copies, but not their buffers.</summary>
    public void Clear()
    {
        Heap.Clear();
        Runtime.Clear();
    }
}
