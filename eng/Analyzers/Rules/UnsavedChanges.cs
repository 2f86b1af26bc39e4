using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Shop.Analyzers.Reading;

namespace Shop.Analyzers.Rules;

/// <summary>A context that by default does not see the changes of what it loads.</summary>
internal sealed class UnsavedChanges() : Rule(
    "SHOP4006", isCertain: false, "A context does not see changes",
    "'{0}' loads entities whose changes SaveChanges then does not see: say so at the query that only reads",
    "Orders/OrderRepository")
{
    public override void Inspect(Body body, Facts facts, Action<Diagnostic> report)
    {
        if (body.Method is not { MethodKind: MethodKind.Constructor } constructor || !constructor.ContainingType.IsDbContext())
            return;
        foreach (var assignment in body.Assignments)
        {
            if (assignment.Target is IPropertyReferenceOperation { Property: { Name: var name, ContainingType.Name: "ChangeTracker" } }
                && ((name == "AutoDetectChangesEnabled" && assignment.Value.ConstantValue.Value is false)
                    || (name == "QueryTrackingBehavior"
                        && assignment.Value.Symbol()?.Name.StartsWith("NoTracking", StringComparison.Ordinal) == true)))
            {
                report(At(assignment, constructor.ContainingType.Name));
            }
        }
    }
}
