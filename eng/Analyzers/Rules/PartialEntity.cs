using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Shop.Analyzers.Reading;

namespace Shop.Analyzers.Rules;

/// <summary>An entity with some of its columns looks like a whole one.</summary>
internal sealed class PartialEntity() : Rule(
    "SHOP4008", isCertain: false, "An entity with half its columns",
    "'{0}' fills an entity with some of its columns; saving it overwrites the others: project to a type of its own",
    "Orders/OrderRepository")
{
    public override void Inspect(Body body, Facts facts, Action<Diagnostic> report)
    {
        foreach (var creation in body.Creations)
        {
            if (creation.Initializer is not null && creation.Function()?.Parent is { } parent
                && SelectOf(parent) is { TargetMethod.TypeArguments: { Length: 2 } types } select && types[0].Is(types[1])
                && types[0].Is(creation.Type) && Query.Of(select, body) is not null)
            {
                report(At(select, body.Owner.Name));
            }
        }
    }

    private static IInvocationOperation? SelectOf(IOperation operation)
    {
        for (var parent = operation; parent is not null; parent = parent.Parent)
        {
            if (parent is IInvocationOperation invocation)
                return invocation.TargetMethod.Name == "Select" ? invocation : null;
        }
        return null;
    }
}
