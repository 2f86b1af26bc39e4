using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Shop.Analyzers.Reading;

namespace Shop.Analyzers.Rules;

/// <summary>What one lock showed to be missing is written under another, which nobody asks again.</summary>
internal sealed class CheckedUnderAnotherLock() : Rule(
    "SHOP1010", isCertain: false, "Checked under one lock, written under another",
    "Between the check and this lock another thread may have written '{0}': look again under the lock, or use GetOrAdd",
    "Sessions/ActivityMetrics", atEnd: true)
{
    private readonly ConcurrentDictionary<(ISymbol Store, ISymbol Member), bool> _checks = new(SymbolPair.Comparer);

    public override void Inspect(Body body, Facts facts, Action<Diagnostic> report)
    {
        if (body.Method is not { } method || body.IsConstruction)
            return;
        foreach (var reference in body.Storages)
        {
            if (reference is not IFieldReferenceOperation { Type.Name: "Dictionary" or "SortedDictionary" } store)
                continue;
            if (IsCheck(store))
                _checks[(store.Field, method)] = true;
            else if (IsWrite(store) && StartOfLock(store, body) is { } start
                && !body.Storages.Exists(other => IsRecheck(other, store, start)))
                Suspect(facts, At(store.Parent!, store.Field.Name), () => IsCheckedBefore(store.Field, method, start, body));
        }
    }

    public override void Conclude(Facts facts, Action<Diagnostic> report) => ReportCandidates(facts, report);

    // By the member itself before the lock, or by a method that it calls before.
    private bool IsCheckedBefore(ISymbol store, ISymbol member, int start, Body body)
        => body.Storages.Exists(other => other.Syntax.SpanStart < start && other.Member.Is(store) && IsCheck(other))
            || body.Invocations.Exists(call => call.Syntax.SpanStart < start && !call.TargetMethod.Is(member)
                && call.Local() is not null && _checks.ContainsKey((store, call.TargetMethod)));

    private static bool IsCheck(IOperation store)
        => store.User() is IInvocationOperation { TargetMethod.Name: "TryGetValue" or "ContainsKey" }
            || store.User().Taker() is IInvocationOperation { TargetMethod.Name: "GetValueOrDefault" };

    private static bool IsWrite(IOperation store)
        => (store.User() is IPropertyReferenceOperation { Property.IsIndexer: true } element
                && element.Parent is ISimpleAssignmentOperation write && write.Target == element)
            || store.User() is IInvocationOperation { TargetMethod.Name: "Add" };

    private static bool IsRecheck(IMemberReferenceOperation other, IFieldReferenceOperation store, int start)
        => other.Member.Is(store.Field) && other.Syntax.SpanStart > start
            && other.Syntax.SpanStart < store.Syntax.SpanStart && IsCheck(other);

    private static int? StartOfLock(IOperation store, Body body)
    {
        for (var parent = store.Parent; parent is not null; parent = parent.Parent)
        {
            if (parent is ILockOperation)
                return parent.Syntax.SpanStart;
        }
        var entered = body.Invocations.FindLast(call => call.Syntax.SpanStart < store.Syntax.SpanStart
            && call.TargetMethod.Name is "EnterWriteLock" or "ExitWriteLock");
        return entered is { TargetMethod.Name: "EnterWriteLock" } ? entered.Syntax.SpanStart : null;
    }
}
