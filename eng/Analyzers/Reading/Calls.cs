using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Shop.Analyzers.Reading;

/// <summary>Where the methods of the compilation are called.</summary>
internal sealed class Calls
{
    private readonly ConcurrentDictionary<ISymbol, ConcurrentQueue<(ISymbol Caller, bool IsAutomatic)>> _calls
        = new(SymbolEqualityComparer.Default);

    public void Add(Body body)
    {
        foreach (var invocation in body.Invocations)
        {
            if (invocation.TargetMethod.IsInSource())
                Add(invocation.TargetMethod, body.Owner, invocation.IsInFinally() || IsCallback(invocation.Function()));
        }
        foreach (var group in body.MethodGroups)
        {
            if (group.Method.IsInSource())
                Add(group.Method, body.Owner, IsCallback(group));
        }
    }

    /// <summary>
    /// Whether something other than a caller's wish runs the method: a finally block, a callback, a worker, the end of an object, or the
    /// member that makes the collection grow.
    /// </summary>
    public bool RunsByItself(IMethodSymbol method, ISymbol owner, ICollection<ISymbol> growing)
        => RunsByItself(method, owner, growing, new HashSet<ISymbol>(SymbolEqualityComparer.Default));

    private bool RunsByItself(IMethodSymbol method, ISymbol owner, ICollection<ISymbol> growing, HashSet<ISymbol> seen)
    {
        if (!seen.Add(method))
            return false;
        // A token's Dispose; that of the owner itself comes too late.
        if (EndOfLife.IsDisposal(method))
            return !method.ContainingType.Is(owner);
        if (growing.Contains(method) || method.Name is "ExecuteAsync" or "OnDisconnectedAsync")
            return true;
        // `-=` of Finalize or of an event handler has no caller in the source.
        if (method.MethodKind is MethodKind.Destructor or MethodKind.Constructor or MethodKind.StaticConstructor)
            return false;
        foreach (var called in Declarations(method))
        {
            if (!_calls.TryGetValue(called.OriginalDefinition, out var calls))
                continue;
            foreach (var (caller, isAutomatic) in calls)
            {
                if (isAutomatic && !EndOfLife.Is(caller, owner)
                    || caller is IMethodSymbol calling && RunsByItself(calling, owner, growing, seen))
                {
                    return true;
                }
            }
        }
        return false;
    }

    /// <summary>Whether the source calls the method at all.</summary>
    public bool IsCalled(IMethodSymbol method) => Declarations(method).Any(called => _calls.ContainsKey(called.OriginalDefinition));

    // The method, what it overrides, and the interface members that it implements.
    private static IEnumerable<IMethodSymbol> Declarations(IMethodSymbol method)
    {
        for (var declared = method; declared is not null; declared = declared.OverriddenMethod)
            yield return declared;
        foreach (var implemented in method.ContainingType.AllInterfaces)
        {
            foreach (var member in implemented.GetMembers(method.Name))
            {
                if (member is IMethodSymbol declared && method.Is(method.ContainingType.FindImplementationForInterfaceMember(declared)))
                    yield return declared;
            }
        }
    }

    private void Add(IMethodSymbol method, ISymbol caller, bool isAutomatic)
        => _calls.GetOrAdd(method.OriginalDefinition, _ => new()).Enqueue((caller, isAutomatic));

    // A function that is passed on runs by itself, unless it is the handler of a route.
    private static bool IsCallback(IOperation? function)
    {
        for (var parent = function?.Parent; parent is not null; parent = parent.Parent)
        {
            if (parent is IInvocationOperation invocation)
                return !invocation.TargetMethod.Name.StartsWith("Map", StringComparison.Ordinal);
            if (parent is IEventAssignmentOperation or IObjectCreationOperation)
                return true;
        }
        return function is not null;
    }
}
