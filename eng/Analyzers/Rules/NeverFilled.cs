using Microsoft.CodeAnalysis;
using Shop.Analyzers.Reading;

namespace Shop.Analyzers.Rules;

/// <summary>A collection is read, counted or reported, but nothing is ever added.</summary>
internal sealed class NeverFilled() : Rule(
    "SHOP7001", isCertain: true, "A collection is read and never filled",
    "'{0}' is read, but nothing ever adds to it: what it reports is always the same",
    "Documents/DocumentCache", atEnd: true)
{
    public override void Conclude(Facts facts, Action<Diagnostic> report)
    {
        foreach (var (store, at) in facts.Stores.NeverFilled())
            report(At(at, store.Name));
    }
}
