using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Shop.Analyzers.Reading;

namespace Shop.Analyzers.Rules;

/// <summary>A clean-up removes by key what a later registration may have put there.</summary>
internal sealed class SuccessorRemoved() : Rule(
    "SHOP1008", isCertain: false, "A clean-up removes the successor",
    "When this clean-up runs, '{0}' may hold a later registration under the same key: remove the pair of key and value",
    "Sessions/Connections", atEnd: true)
{
    private readonly ConcurrentDictionary<(ISymbol Store, ISymbol Member), bool> _written = new(SymbolPair.Comparer);
    private readonly ConcurrentDictionary<ISymbol, ISymbol> _removers = new(SymbolEqualityComparer.Default);

    public override void Inspect(Body body, Facts facts, Action<Diagnostic> report)
    {
        if (body.Method is not { } method)
            return;
        foreach (var reference in body.Storages)
        {
            if (reference is IFieldReferenceOperation { Type.Name: "Dictionary" or "ConcurrentDictionary" } store)
                Inspect(store, body, method, facts);
        }
        foreach (var call in body.Invocations)
        {
            if (call.TargetMethod.ContainingType.Is(method.ContainingType) && call.Arguments.Length > 0 && IsCleanUp(call, body)
                && IsKeyOfCaller(call.Arguments[0].Value))
            {
                Suspect(facts, At(call, call.TargetMethod.Name), () => _removers.TryGetValue(call.TargetMethod, out var store)
                    && IsWrittenElsewhere(store, method));
            }
        }
    }

    public override void Conclude(Facts facts, Action<Diagnostic> report) => ReportCandidates(facts, report);

    private void Inspect(IFieldReferenceOperation store, Body body, IMethodSymbol method, Facts facts)
    {
        switch (store.User())
        {
            case IPropertyReferenceOperation { Property.IsIndexer: true } element when element.Parent is ISimpleAssignmentOperation write
                && write.Target == element:
                _written[(store.Field, method)] = true;
                break;
            case IInvocationOperation { TargetMethod.Name: "Remove" or "TryRemove" } removal when removal.Arguments.Length > 0
                && removal.Arguments[0].Value.Type?.Name != "KeyValuePair":
                if (removal.Arguments[0].Value.Bare() is IParameterReferenceOperation
                    && method.DeclaredAccessibility == Accessibility.Private)
                    _removers[method] = store.Field;
                if (IsCleanUp(removal, body) && IsKeyOfCaller(removal.Arguments[0].Value))
                    Suspect(facts, At(removal, store.Field.Name), () => IsWrittenElsewhere(store.Field, method));
                break;
        }
    }

    private bool IsWrittenElsewhere(ISymbol store, ISymbol member)
        => _written.Keys.Any(write => write.Store.Is(store)) && !_written.ContainsKey((store, member));

    // In a finally block, or what follows an await: the end of what the await waited for.
    private static bool IsCleanUp(IInvocationOperation call, Body body)
    {
        if (call.Function() is not null)
            return false;
        if (call.IsInFinally())
            return true;
        var statement = StatementOf(call);
        return statement?.Parent is IBlockOperation block && block.Operations.Length > 1
            && block.Operations[block.Operations.Length - 1] == statement
            && body.Awaits.Exists(awaited => StatementOf(awaited) is IExpressionStatementOperation before && before != statement
                && before.Parent == block && block.Operations.IndexOf(before) == block.Operations.Length - 2);
    }

    private static IOperation? StatementOf(IOperation operation)
    {
        for (IOperation? parent = operation; parent is not null; parent = parent.Parent)
        {
            if (parent is IExpressionStatementOperation)
                return parent;
        }
        return null;
    }

    // Of a parameter: not an id that was made for this registration.
    private static bool IsKeyOfCaller(IOperation key)
        => key.Bare() is IPropertyReferenceOperation { Instance: IParameterReferenceOperation } property
            && !property.Property.Name.EndsWith("Identifier", StringComparison.Ordinal);
}
