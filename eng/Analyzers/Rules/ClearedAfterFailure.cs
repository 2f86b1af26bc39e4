using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Shop.Analyzers.Reading;

namespace Shop.Analyzers.Rules;

/// <summary>A failed save is forgotten, so that its repetition saves nothing and succeeds.</summary>
internal sealed class ClearedAfterFailure() : Rule(
    "SHOP4007", isCertain: true, "A failed save is cleared",
    "'{0}' clears the change tracker also after a failed save: its repetition saves nothing and succeeds; clear only after a success",
    "Orders/OrderRepository")
{
    public override void Inspect(Body body, Facts facts, Action<Diagnostic> report)
    {
        foreach (var invocation in body.Invocations)
        {
            if (invocation.TargetMethod is { Name: "Clear", ContainingType.Name: "ChangeTracker" } && IsAlways(invocation)
                && body.Invocations.Exists(call => call.TargetMethod.Name is "SaveChanges" or "SaveChangesAsync"))
            {
                report(At(invocation, body.Owner.Name));
            }
        }
    }

    // In a catch clause it is deliberate.
    private static bool IsAlways(IOperation operation)
    {
        for (var (child, parent) = (operation, operation.Parent); parent is not null; (child, parent) = (parent, parent.Parent))
        {
            if (parent is ITryOperation attempt && attempt.Finally == child)
                return true;
        }
        return false;
    }
}
