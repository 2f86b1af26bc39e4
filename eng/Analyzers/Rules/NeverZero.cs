using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Shop.Analyzers.Reading;

namespace Shop.Analyzers.Rules;

/// <summary>A save of something that was marked as changed is compared with 0, which it never returns.</summary>
internal sealed class NeverZero() : Rule(
    "SHOP4009", isCertain: false, "A save never returns 0",
    "'{0}' marks a row as changed, so its save returns at least 1, or throws DbUpdateConcurrencyException where no row matches: catch that",
    "Orders/OrderRepository")
{
    public override void Inspect(Body body, Facts facts, Action<Diagnostic> report)
    {
        foreach (var save in body.Invocations)
        {
            if (save.TargetMethod.Name is not ("SaveChanges" or "SaveChangesAsync") || !save.TargetMethod.ContainingType.IsDbContext()
                || !IsChanged(body))
                continue;
            foreach (var (user, _) in save.Uses(body))
            {
                if (user is IBinaryOperation comparison && IsForNone(comparison))
                    report(At(comparison, body.Owner.Name));
            }
        }
    }

    // On each way through the member: a range may be empty, a condition may be false.
    private static bool IsChanged(Body body)
        => body.Invocations.Exists(call => call.TargetMethod.Name is "Update" or "Remove" or "Add" or "AddAsync"
                && (call.TargetMethod.ContainingType.Name == "DbSet" || call.TargetMethod.ContainingType.IsDbContext())
                && !call.IsConditional())
            || body.Assignments.Exists(assignment => assignment.Target is IPropertyReferenceOperation { Property.Name: "State" } state
                && state.Property.ContainingType.Derives("Microsoft.EntityFrameworkCore.ChangeTracking", "EntityEntry")
                && assignment.Value.Symbol()?.Name is "Modified" or "Deleted" or "Added" && !assignment.IsConditional());

    private static bool IsForNone(IBinaryOperation comparison) => comparison.RightOperand.ConstantValue.Value switch
    {
        0 => comparison.OperatorKind is BinaryOperatorKind.Equals or BinaryOperatorKind.LessThanOrEqual,
        1 => comparison.OperatorKind == BinaryOperatorKind.LessThan,
        _ => false,
    };
}
