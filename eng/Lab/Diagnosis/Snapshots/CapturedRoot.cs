using Microsoft.Diagnostics.Runtime;

namespace Shop.Lab.Diagnosis.Snapshots;

/// <summary>A root as the runtime reported it while the process was paused.</summary>
/// <param name="Target">The object, or an address within it.</param>
/// <param name="Kind">What holds it.</param>
/// <param name="Handle">The handle's kind, if it is one.</param>
/// <param name="Dependent">What a dependent handle keeps alive while the object lives.</param>
/// <param name="Frame">The stack's frame, if it is on one.</param>
internal readonly record struct CapturedRoot(
    ulong Target, ClrRootKind Kind, ClrHandleKind? Handle = null, ulong Dependent = 0, ClrStackFrame? Frame = null);
