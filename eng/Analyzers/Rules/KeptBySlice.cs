using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Shop.Analyzers.Reading;

namespace Shop.Analyzers.Rules;

/// <summary>A slice of an array takes the array's place, and keeps all of it.</summary>
internal sealed class KeptBySlice() : Rule(
    "SHOP7002", isCertain: false, "A slice keeps what is before it",
    "'{0}' now starts later, but its whole array stays in memory, with all elements before: copy what remains, or use a queue",
    "Sessions/ActivityMetrics")
{
    public override void Inspect(Body body, Facts facts, Action<Diagnostic> report)
    {
        foreach (var assignment in body.Assignments)
        {
            // Parts of bytes or characters are how buffers are read.
            if (assignment.Target is IMemberReferenceOperation { Type: INamedTypeSymbol type } member
                && type.Name is "ArraySegment" or "Memory" or "ReadOnlyMemory" && type.ContainingNamespace.Name == "System"
                && IsWithReferences(type.TypeArguments[0]) && SlicedBy(assignment.Value.Bare()).IsSameAs(member))
            {
                report(At(assignment, member.Member.Name));
            }
        }
    }

    private static bool IsWithReferences(ITypeSymbol element) => element.IsReferenceType || element.SpecialType == SpecialType.None;

    private static IOperation? SlicedBy(IOperation value) => value switch
    {
        IInvocationOperation { TargetMethod.Name: "Slice" } call => call.Instance,
        IImplicitIndexerReferenceOperation indexer => indexer.Instance,
        IPropertyReferenceOperation { Property.IsIndexer: true } property => property.Instance,
        _ => null,
    };
}
