using Microsoft.CodeAnalysis;

namespace Shop.Analyzers.Reading;

/// <summary>A collection without a bound.</summary>
/// <param name="store">The field or property.</param>
/// <param name="at">Where it grows.</param>
/// <param name="isAsked">Something removes, but only when a caller asks for it.</param>
internal sealed class Growth(ISymbol store, SyntaxNode at, bool isAsked)
{
    public ISymbol Store => store;

    public SyntaxNode At => at;

    public bool IsAsked => isAsked;
}
