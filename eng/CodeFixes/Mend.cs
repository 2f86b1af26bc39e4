using Microsoft.CodeAnalysis;

namespace Shop.CodeFixes;

/// <summary>A change of one finding's code.</summary>
/// <param name="replacements">The nodes to replace, and what makes the new node of what the old one has become.</param>
/// <param name="import">The namespace that the new code needs; null if it needs none that is not imported.</param>
internal sealed class Mend(IReadOnlyList<(SyntaxNode Old, Func<SyntaxNode, SyntaxNode> New)> replacements, string? import = null)
{
    public Mend(SyntaxNode old, Func<SyntaxNode, SyntaxNode> @new, string? import = null)
        : this([(old, @new)], import)
    {
    }

    public IReadOnlyList<(SyntaxNode Old, Func<SyntaxNode, SyntaxNode> New)> Replacements => replacements;

    public string? Import => import;
}
