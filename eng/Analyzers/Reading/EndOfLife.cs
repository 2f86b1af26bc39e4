using Microsoft.CodeAnalysis;

namespace Shop.Analyzers.Reading;

/// <summary>
/// Members that empty a collection when its owner ends, or when an operator asks: no bound of what a running process holds.
/// </summary>
internal static class EndOfLife
{
    public static bool IsDisposal(ISymbol member) => member.Name is "Dispose" or "DisposeAsync" or "DisposeAsyncCore" or "Finalize";

    public static bool Is(ISymbol member, ISymbol owner)
        => (IsDisposal(member) && member.ContainingType.Is(owner))
            || member.Name is "Reset" or "ResetAsync" or "Clear" or "ClearAsync" or "Stop" or "StopAsync" or "Shutdown" or "ShutdownAsync";
}
