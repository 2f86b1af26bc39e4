using Microsoft.CodeAnalysis;

namespace Shop.Analyzers.Reading;

/// <summary>Compares pairs of symbols.</summary>
internal sealed class SymbolPair : IEqualityComparer<(ISymbol First, ISymbol Second)>
{
    public static SymbolPair Comparer { get; } = new();

    public bool Equals((ISymbol First, ISymbol Second) pair, (ISymbol First, ISymbol Second) other)
        => pair.First.Is(other.First) && pair.Second.Is(other.Second);

    public int GetHashCode((ISymbol First, ISymbol Second) pair) => SymbolEqualityComparer.Default.GetHashCode(pair.Second);
}
