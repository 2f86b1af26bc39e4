using System.Diagnostics;
using Microsoft.Diagnostics.Runtime;

namespace Shop.Lab.Diagnosis.Snapshots;

/// <summary>The managed heap of a process or dump at one moment: its memory, its roots, and the runtime that names its types.</summary>
internal sealed class HeapSnapshot : IDisposable
{
    private readonly DataTarget[] _targets;

    private HeapSnapshot(ClrRuntime runtime, MemoryCopy memory, Capture capture, TimeSpan? pause, params DataTarget[] targets)
    {
        (Runtime, Memory, Pause, _targets) = (runtime, memory, pause, targets);
        (Roots, AllocationContexts, FinalizerMethod) = (capture.Roots, capture.AllocationContexts, capture.FinalizerMethod);
    }

    /// <summary>Names types, fields and methods.</summary>
    public ClrRuntime Runtime { get; }

    /// <summary>The heap.</summary>
    public MemoryCopy Memory { get; }

    /// <summary>Handles, stacks and the finalizer queue; static fields are not among them.</summary>
    public IReadOnlyList<CapturedRoot> Roots { get; }

    /// <summary>Where threads allocate; no object lies in them. Start and end.</summary>
    public IReadOnlyDictionary<ulong, ulong> AllocationContexts { get; }

    /// <summary>The method of the program that the finalizer thread is in; null while it waits for work.</summary>
    public ClrMethod? FinalizerMethod { get; }

    /// <summary>The process's resident set; null for a dump.</summary>
    public long? ResidentBytes { get; private init; }

    /// <summary>How long the process stood still; null for a dump.</summary>
    public TimeSpan? Pause { get; }

    /// <summary>When the process stood still, or a dump of it had been loaded: a timestamp of <see cref="Stopwatch"/>.</summary>
    public long Taken { get; } = Stopwatch.GetTimestamp();

    /// <summary>Whether the process ended before all was read.</summary>
    public bool HasEnded => Runtime.DataTarget.DataReader is SnapshotReader { HasEnded: true };

    /// <summary>
    /// Pauses a process for as long as it takes to copy its heap; null if it stood still in the middle of a collection. Call it from a
    /// thread that awaits nothing.
    /// </summary>
    /// <param name="processId">The process.</param>
    /// <param name="memory">Receives the copies.</param>
    public static HeapSnapshot? Attach(int processId, ProcessMemory memory)
    {
        memory.Clear();
#pragma warning disable CA2000 // The snapshot owns what it opens.
        var running = DataTarget.AttachToProcess(processId, suspend: false);
        HeapSnapshot? snapshot = null;
        try
        {
            using (var rehearsal = new DataTarget(new SnapshotReader(running.DataReader, memory), new DataTargetOptions()))
            using (var runtime = ClrRuntimes.Open(rehearsal))
            {
                memory.Heap.Reserve(Objects(runtime.Heap));
                memory.Runtime.Reserve(Others(processId, runtime.Heap));
            }
            return snapshot = CopyPaused(running, memory);
        }
        finally
        {
            if (snapshot is null)
                running.Dispose();
        }
    }

    private static HeapSnapshot? CopyPaused(DataTarget running, ProcessMemory memory)
    {
        var processId = running.DataReader.ProcessId;
        var started = Stopwatch.GetTimestamp();
        using var pause = new PausedProcess(processId);
        using var paused = DataTarget.AttachToProcess(processId, suspend: false);
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
        memory.Heap.Copy(Objects(runtime.Heap), reader);
        memory.Runtime.Copy(Others(processId, runtime.Heap), paused.DataReader);
        reader.ContinueWith(running.DataReader);
        pause.Dispose();
        return new(runtime, memory.Heap, capture, Stopwatch.GetElapsedTime(started), target, running)
        {
            ResidentBytes = ResidentSetOf(processId),
        };
    }

    private static IEnumerable<MemoryRange> Objects(ClrHeap heap)
        => heap.Segments.Select(segment => segment.ObjectRange).Where(range => range.Length > 0);

    private static IReadOnlyList<MemoryRange> Others(int processId, ClrHeap heap)
        => WritableMemory.RangesOf(processId, heap.Segments.Select(segment => segment.CommittedMemory));

    private static long ResidentSetOf(int processId)
    {
        using var process = Process.GetProcessById(processId);
        return process.WorkingSet64;
    }

    /// <summary>Reads a dump.</summary>
    /// <exception cref="InvalidDataException">It does not hold the heap.</exception>
    public static HeapSnapshot Load(string dump)
    {
        var target = DataTarget.LoadDump(dump);
        var runtime = ClrRuntimes.Open(target);
        var memory = new MemoryCopy();
        memory.Copy(Objects(runtime.Heap), target.DataReader);
        if (memory.Bytes == 0 || memory.Bytes < runtime.Heap.Segments.Sum(segment => (long)segment.Length))
            throw new InvalidDataException("It does not hold the whole heap: it is incomplete, or was taken without the heap.");
        return new(runtime, memory, Capture.Of(runtime), null, target);
    }

#pragma warning restore CA2000

    public void Dispose()
    {
        Runtime.Dispose();
        foreach (var target in _targets)
            target.Dispose();
    }

    private sealed record Capture(
        IReadOnlyList<CapturedRoot> Roots, IReadOnlyDictionary<ulong, ulong> AllocationContexts, ClrMethod? FinalizerMethod)
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
            var contexts = runtime.Heap.EnumerateAllocationContexts().ToDictionary(range => range.Start, range => range.End);
            return new(roots, contexts, FinalizerMethodOf(runtime));
        }

        private static ClrMethod? FinalizerMethodOf(ClrRuntime runtime)
            => runtime.Threads.Where(thread => thread.IsFinalizer).SelectMany(thread => thread.EnumerateStackTrace())
                .Select(frame => frame.Method)
                .FirstOrDefault(method => method?.Type.Name?.StartsWith("System.", StringComparison.Ordinal) == false);
    }
}
