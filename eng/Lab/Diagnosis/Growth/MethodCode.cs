using Microsoft.Diagnostics.Runtime;

namespace Shop.Lab.Diagnosis.Growth;

/// <summary>
/// Finds a method by the address of its code. The runtime's reader ends the process (SIGSEGV in libmscordaccore 10.0.12) when it is asked
/// about some kinds of stubs, so it is asked only about compiled methods and about those that wait to be compiled.
/// </summary>
internal sealed class MethodCode
{
    private readonly ClrRuntime _runtime;
    private readonly MemoryRange[] _ranges;

    public MethodCode(ClrRuntime runtime)
    {
        _runtime = runtime;
        var heaps = runtime.EnumerateJitManagers().SelectMany(manager => manager.EnumerateNativeHeaps())
            .Concat(runtime.AppDomains.Append(runtime.SystemDomain).OfType<ClrAppDomain>()
                .SelectMany(domain => domain.EnumerateLoaderAllocatorHeaps()))
            .Where(heap => heap.Kind is NativeHeapKind.LoaderCodeHeap or NativeHeapKind.FixupPrecodeHeap)
            .Select(heap => heap.MemoryRange);
        var images = runtime.EnumerateModules().Where(module => module is { ImageBase: > 0, Size: > 0 })
            .Select(module => new MemoryRange(module.ImageBase, module.ImageBase + module.Size));
        _ranges = [.. heaps.Concat(images)];
    }

    /// <summary>The method; null if the code is not a method's or its name cannot be told.</summary>
    public ClrMethod? Find(ulong code) => _ranges.Any(range => range.Contains(code)) ? _runtime.GetMethodByInstructionPointer(code) : null;
}
