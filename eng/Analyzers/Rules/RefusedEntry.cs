using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Shop.Analyzers.Reading;

namespace Shop.Analyzers.Rules;

/// <summary>A MemoryCache with a size limit refuses the new entry where it is full.</summary>
internal sealed class RefusedEntry() : Rule(
    "SHOP6003", isCertain: false, "A full cache refuses the newest",
    "With a SizeLimit, '{0}' gets a cache that refuses the new entry when it is full, and throws where an entry has no Size: use an LRU",
    "Documents/DocumentCache")
{
    public override void Inspect(Body body, Facts facts, Action<Diagnostic> report)
    {
        foreach (var assignment in body.Assignments)
        {
            if (assignment.Target is IPropertyReferenceOperation { Property: { Name: "SizeLimit" } property }
                && property.ContainingType.Name == "MemoryCacheOptions")
                report(At(assignment, body.Owner.ContainingType?.Name ?? body.Owner.Name));
        }
    }
}
