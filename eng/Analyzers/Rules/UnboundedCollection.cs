using Microsoft.CodeAnalysis;
using Shop.Analyzers.Reading;

namespace Shop.Analyzers.Rules;

/// <summary>A static collection, or one of a singleton, that grows while the process runs and that nothing bounds.</summary>
internal sealed class UnboundedCollection() : Rule(
    "SHOP1001", isCertain: true, "A long-lived collection is never bounded",
    "'{0}' lives as long as the process and grows here, and nothing removes from it: bound it, or let its entries expire",
    "Documents/DocumentCache", atEnd: true)
{
    public override void Conclude(Facts facts, Action<Diagnostic> report)
    {
        foreach (var growth in facts.Growths)
        {
            if (!growth.IsAsked)
                report(At(growth.At, growth.Store.Name));
        }
    }
}
