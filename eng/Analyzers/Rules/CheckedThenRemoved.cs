using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Shop.Analyzers.Reading;

namespace Shop.Analyzers.Rules;

/// <summary>An entry is looked at and then removed by its key, which may by then hold another, or be in use again.</summary>
internal sealed class CheckedThenRemoved() : Rule(
    "SHOP1009", isCertain: false, "Checked, then removed by key",
    "Between the check and this removal, '{0}' may get another entry under the key, or this one may be used: remove the pair, under a lock",
    "Sessions/SessionStore")
{
    public override void Inspect(Body body, Facts facts, Action<Diagnostic> report)
    {
        foreach (var removal in body.Invocations)
        {
            if (removal.TargetMethod.Name is not ("Remove" or "TryRemove") || removal.Arguments.Length == 0
                || removal.Instance?.Type is not { } type || type.ContainingNamespace?.ToDisplayString() == "System.Collections.Generic"
                || removal.IsLocked() || body.IsHeld())
                continue;
            if (ConditionOf(removal) is { } condition && condition.WithDescendants().OfType<IInvocationOperation>()
                .Any(check => IsCheck(check, removal, condition)))
            {
                report(At(removal, removal.Instance.Symbol()?.Name ?? type.Name));
            }
        }
    }

    // By key, and the decision is about what was found there.
    private static bool IsCheck(IInvocationOperation check, IInvocationOperation removal, IOperation condition)
        => check.TargetMethod.Name is "TryGetValue" or "TryGet" or "TryPeek" && check.Arguments.Length == 2
            && check.Instance.IsSameAs(removal.Instance) && check.Arguments[0].Value.IsSameAs(removal.Arguments[0].Value)
            && check.Arguments[1].Value.Symbol() is { } entry
            && condition.Descendants().Any(part => part is IMemberReferenceOperation { Instance: { } owner }
                && owner.Bare() is ILocalReferenceOperation { IsDeclaration: false } && owner.Bare().Symbol().Is(entry));

    // Of the nearest if whose first branch has the removal.
    private static IOperation? ConditionOf(IOperation removal)
    {
        for (var (child, parent) = (removal, removal.Parent); parent is not null; (child, parent) = (parent, parent.Parent))
        {
            if (parent is IConditionalOperation choice)
                return choice.WhenTrue == child ? choice.Condition : null;
        }
        return null;
    }
}
