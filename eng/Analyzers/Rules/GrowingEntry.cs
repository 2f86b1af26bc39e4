using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Shop.Analyzers.Reading;

namespace Shop.Analyzers.Rules;

/// <summary>A collection is cached as one entry, and then filled.</summary>
internal sealed class GrowingEntry() : Rule(
    "SHOP6002", isCertain: false, "A cached collection is filled",
    "'{0}' adds to a collection in a cache: its entry's size stays what it was, two callers may each create one, and both write to it",
    "Orders/OrderEvents")
{
    public override void Inspect(Body body, Facts facts, Action<Diagnostic> report)
    {
        foreach (var invocation in body.Invocations)
        {
            if (invocation.TargetMethod.Name is "GetOrCreate" or "GetOrCreateAsync"
                && invocation.TargetMethod.ContainingType.Name is "CacheExtensions"
                && invocation.TargetMethod.TypeArguments.FirstOrDefault() is { } type && type.IsGrowable() && !type.IsImmutable()
                && invocation.Uses(body).Any(use => use.User is IInvocationOperation { TargetMethod.Name: var name } && IsAddition(name)))
            {
                report(At(invocation, body.Owner.Name));
            }
        }
    }

    internal static bool IsAddition(string method)
        => method is "Add" or "AddRange" or "TryAdd" or "Enqueue" or "Push" or "Append" or "GetOrAdd" or "AddOrUpdate" or "Insert";
}
