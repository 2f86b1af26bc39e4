using Microsoft.CodeAnalysis;

namespace Shop.Analyzers.Reading;

/// <summary>What a member does with a collection.</summary>
internal enum UseKind
{
    /// <summary>Adds an element.</summary>
    Grow,
    /// <summary>Adds an element to a collection that is an element.</summary>
    GrowInside,
    /// <summary>Removes elements, or replaces the collection.</summary>
    Shrink,
    /// <summary>Sets the variable to null.</summary>
    GiveUp,
    /// <summary>Compares the number of elements with a limit.</summary>
    Limit,
    /// <summary>Hands the collection to code that may do anything with it.</summary>
    Escape,
    /// <summary>Reads elements or their number.</summary>
    Look,
    /// <summary>Anything else.</summary>
    Other,
}

/// <summary>A use of a collection.</summary>
internal sealed class Use(UseKind kind, IOperation operation, ISymbol member)
{
    public UseKind Kind => kind;

    public SyntaxNode Syntax { get; } = operation.Syntax;

    public ISymbol Member => member;

    /// <summary>In a finally block or a callback.</summary>
    public bool IsAutomatic { get; } = operation.IsInFinally() || operation.IsInLambda();

    /// <summary>Behind <c>?.</c>, so nothing is done once the collection is null.</summary>
    public bool IsWhileSet { get; } = operation.IsBehindConditionalAccess();

    public bool IsInLambda { get; } = operation.IsInLambda();
}
