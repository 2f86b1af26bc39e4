using System.Diagnostics;
using Microsoft.Diagnostics.Runtime;

namespace Shop.Lab.Diagnosis.Snapshots;

/// <summary>The managed heap of a process or dump at one moment: its memory, its roots, and the runtime that names its types.</summary>
internal sealed class HeapSnapshot : IDisposable
{
    private readonly DataTarget[] _targets;

    private HeapSnapshot(ClrRuntime runtime, HeapMemory memory, Capture capture, TimeSpan? pause, params DataTarget[] targets)
    {
        (Runtime, Memory, Pause, _targets) = (runtime, memory, pause, targets);
        (Roots, AllocationContexts) = (capture.Roots, capture.AllocationContexts);
    }

    /// <summary>Names types, fields and methods.</summary>
    public ClrRuntime Runtime { get; }

    /// <summary>The heap.</summary>
    public HeapMemory Memory { get; }

    /// <summary>Handles, stacks and the finalizer queue; static fields are not among them.</summary>
    public IReadOnlyList<CapturedRoot> Roots { get; }

    /// <summary>Where threads allocate; no object lies in them. Start and end.</summary>
    public IReadOnlyDictionary<ulong, ulong> AllocationContexts { get; }

    /// <summary>The process's resident set; null for a dump.</summary>
    public long? ResidentBytes { get; private init; }

    /// <summary>How long the process stood still; null for a dump.</summary>
    public TimeSpan? Pause { get; }

    /// <summary>
    /// Pauses a process for as long as it takes to copy its heap; null if it stood still in the middle of a collection. Call it from a
    /// thread that awaits nothing.
    /// </summary>
    /// <param name="processId">The process.</param>
    /// <param name="memory">Receives the copy.</param>
    public static HeapSnapshot? Attach(int processId, HeapMemory memory)
    {
        memory.Clear();
#pragma warning disable CA2000 // The snapshot owns what it opens.
        var running = DataTarget.AttachToProcess(processId, suspend: false);
        HeapSnapshot? snapshot = null;
        try
        {
            using (var rehearsal = ClrRuntimes.Open(running))
                memory.Reserve(rehearsal.Heap);
            return snapshot = CopyPaused(running, memory);
        }
        finally
        {
            if (snapshot is null)
                running.Dispose();
        }
    }

    private static HeapSnapshot? CopyPaused(DataTarget running, HeapMemory memory)
    {
        var processId = running.DataReader.ProcessId;
        var started = Stopwatch.GetTimestamp();
        // Only the thread that attached may detach.
        using var paused = DataTarget.AttachToProcess(processId, suspend: true);
        var reader = new SnapshotReader(paused.DataReader, memory);
        var target = new DataTarget(reader, new DataTargetOptions());
        var runtime = ClrRuntimes.Open(target);
        var capture = runtime.Heap.CanWalkHeap ? Capture.Of(runtime) : null;
        // Now and then the runtime's reader finds no handles, although every process has some.
        if (capture?.Roots.Any(root => root.Handle is not null) != true)
        {
            runtime.Dispose();
            target.Dispose();
            return null;
        }
        memory.Copy(runtime.Heap, reader);
        reader.ContinueWith(running.DataReader);
        paused.Dispose();
        return new(runtime, memory, capture, Stopwatch.GetElapsedTime(started), target, running)
        {
            ResidentBytes = ResidentSetOf(processId),
        };
    }

    private static long ResidentSetOf(int processId)
    {
        using var process = Process.GetProcessById(processId);
        return process.WorkingSet64;
    }

    /// <summary>Reads a dump.</summary>
    public static HeapSnapshot Load(string dump)
    {
        var target = DataTarget.LoadDump(dump);
        var runtime = ClrRuntimes.Open(target);
        var memory = new HeapMemory();
        memory.Copy(runtime.Heap, target.DataReader);
        return new(runtime, memory, Capture.Of(runtime), null, target);
    }

#pragma warning restore CA2000

    public void Dispose()
    {
        Runtime.Dispose();
        foreach (var target in _targets)
            target.Dispose();
    }

    private sealed record Capture(IReadOnlyList<CapturedRoot> Roots, IReadOnlyDictionary<ulong, ulong> AllocationContexts)
    {
        public static Capture Of(ClrRuntime runtime)
        {
            var roots = new List<CapturedRoot>();
            foreach (var handle in runtime.EnumerateHandles())
                roots.Add(new(handle.Object, handle.RootKind, handle.HandleKind, handle.Dependent));
            foreach (var root in runtime.Heap.EnumerateFinalizerRoots())
                roots.Add(new(root.Object, root.RootKind));
            foreach (var root in runtime.Threads.Where(thread => thread.IsAlive).SelectMany(thread => thread.EnumerateStackRoots()))
                roots.Add(new(root.Object, root.RootKind, Frame: root.StackFrame));
            return new(roots, runtime.Heap.EnumerateAllocationContexts().ToDictionary(range => range.Start, range => range.End));
        }
    }
}
