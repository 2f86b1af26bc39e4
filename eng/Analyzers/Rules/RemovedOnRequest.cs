using Microsoft.CodeAnalysis;
using Shop.Analyzers.Reading;

namespace Shop.Analyzers.Rules;

/// <summary>As <see cref="UnboundedCollection"/>, with a removal that only a caller's wish runs.</summary>
internal sealed class RemovedOnRequest() : Rule(
    "SHOP1002", isCertain: false, "A long-lived collection shrinks only when a caller asks",
    "'{0}' lives as long as the process and grows here; its entries are removed only if a caller asks for it: let them expire as well",
    "Sessions/SessionStore", atEnd: true)
{
    public override void Conclude(Facts facts, Action<Diagnostic> report)
    {
        foreach (var growth in facts.Growths)
        {
            if (growth.IsAsked)
                report(At(growth.At, growth.Store.Name));
        }
    }
}
