using Microsoft.CodeAnalysis;
using Shop.Analyzers.Reading;

namespace Shop.Analyzers.Rules;

/// <summary>A pool of its own, which does not pool large arrays.</summary>
internal sealed class SmallPool() : Rule(
    "SHOP5005", isCertain: false, "A pool does not pool large arrays",
    "ArrayPool.Create pools arrays of at most 1 MB, 50 of each size; '{0}' gets a new array for what is larger: say how large",
    "Documents/Downloads")
{
    public override void Inspect(Body body, Facts facts, Action<Diagnostic> report)
    {
        foreach (var invocation in body.Invocations)
        {
            if (invocation.TargetMethod is { Name: "Create", Parameters.Length: 0 } method
                && method.ContainingType.Is("System.Buffers", "ArrayPool"))
                report(At(invocation, body.Owner.Name));
        }
    }
}
