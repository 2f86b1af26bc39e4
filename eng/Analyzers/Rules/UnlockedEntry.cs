using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Shop.Analyzers.Reading;

namespace Shop.Analyzers.Rules;

/// <summary>All callers get the same collection, and each adds to it.</summary>
internal sealed class UnlockedEntry() : Rule(
    "SHOP6007", isCertain: false, "A shared entry is written without a lock",
    "'{0}' adds to a collection that all callers get and that allows one writer at a time: lock it, or use a concurrent one",
    "Orders/OrderEvents")
{
    public override void Inspect(Body body, Facts facts, Action<Diagnostic> report)
    {
        foreach (var lookup in body.Invocations)
        {
            if (!IsLookup(lookup.TargetMethod) || !IsUnsafe(lookup.Type.Unwrapped()))
                continue;
            foreach (var (user, used) in lookup.Uses(body))
            {
                if (user is IInvocationOperation addition && addition.Instance?.Through() == used.Through()
                    && GrowingEntry.IsAddition(addition.TargetMethod.Name) && !addition.IsLocked() && !body.IsHeld())
                {
                    report(At(addition, body.Owner.Name));
                }
            }
        }
    }

    private static bool IsLookup(IMethodSymbol method) => method.ContainingType.Name switch
    {
        "CacheExtensions" => method.Name is "Get" or "GetOrCreate" or "GetOrCreateAsync",
        "ConcurrentDictionary" => method.Name is "GetOrAdd",
        _ => false,
    };

    private static bool IsUnsafe(ITypeSymbol? type)
        => type is { Name: "List" or "Dictionary" or "HashSet" or "Queue" or "Stack" or "LinkedList" or "SortedDictionary" or "SortedList" }
            && type.ContainingNamespace?.ToDisplayString() == "System.Collections.Generic";
}
