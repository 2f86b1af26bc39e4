using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Shop.Analyzers.Reading;

namespace Shop.Analyzers.Rules;

/// <summary>A singleton holds a DbContext, whose change tracker keeps each entity that it ever read.</summary>
internal sealed class LongLivedContext() : Rule(
    "SHOP4001", isCertain: true, "A singleton holds a DbContext",
    "'{0}' holds this context as long as the process, with each entity that it ever tracked: create a context for each operation",
    "Orders/OrderRepository", atEnd: true)
{
    public override void Inspect(Body body, Facts facts, Action<Diagnostic> report)
    {
        if (body.Owner.ContainingType is not { } type || type.IsDbContext())
            return;
        foreach (var assignment in body.Assignments)
        {
            if (assignment.Target is IMemberReferenceOperation { Instance: IInstanceReferenceOperation or null, Member: var member } target
                && target.Type.IsDbContext() && member is IFieldSymbol or IPropertySymbol && body.IsConstruction)
            {
                Suspect(facts, At(assignment, type.Name), () => member.IsStatic || facts.Lifetimes.IsLongLived(type));
            }
        }
        // The parameter of a primary constructor, used by another member.
        foreach (var parameter in body.Captured)
        {
            if (parameter.Type.IsDbContext() && !body.IsConstruction)
                Suspect(facts, At(parameter, type.Name), () => facts.Lifetimes.IsLongLived(type));
        }
        foreach (var creation in body.Creations)
        {
            if (creation.Type.IsDbContext() && creation.User() is IFieldInitializerOperation { InitializedFields: { Length: > 0 } fields })
                Suspect(facts, At(creation, type.Name), () => fields[0].IsStatic || facts.Lifetimes.IsLongLived(type));
        }
    }

    public override void Conclude(Facts facts, Action<Diagnostic> report) => ReportCandidates(facts, report);
}
