using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Shop.Analyzers.Reading;

/// <summary>The collections in fields and properties of the compilation, and what its members do with them.</summary>
internal sealed class Stores
{
    private readonly ConcurrentDictionary<ISymbol, ConcurrentQueue<Use>> _uses = new(SymbolEqualityComparer.Default);

    public void Add(Body body)
    {
        Dictionary<ISymbol, UseReader>? readers = null;
        foreach (var reference in body.Storages)
        {
            if (CollectionOf(reference) is not { } type || !reference.Member.IsInSource())
                continue;
            readers ??= new(SymbolEqualityComparer.Default);
            var store = reference.Member.OriginalDefinition;
            if (!readers.TryGetValue(store, out var reader))
            {
                var uses = _uses.GetOrAdd(store, _ => new());
                readers[store] = reader = new UseReader(body, store, type, uses.Enqueue);
            }
            reader.Read(reference);
        }
    }

    /// <summary>The long-lived collections that grow while the process runs, and that nothing bounds.</summary>
    public IEnumerable<Growth> Growing(Lifetimes lifetimes, Calls calls)
    {
        foreach (var (store, uses) in _uses.Select(pair => (pair.Key, pair.Value)))
        {
            if (!store.IsStatic && !lifetimes.IsLongLived(store.ContainingType) || IsFilledByType(store))
                continue;
            var growths = uses.Where(IsWhileRunning).ToList();
            if (growths.Count == 0 || uses.Any(use => use.Kind is UseKind.Limit or UseKind.Escape))
                continue;
            if (growths.TrueForAll(growth => growth.IsWhileSet) && uses.Any(use => use.Kind == UseKind.GiveUp))
                continue;
            var shrinks = uses.Where(use => use.Kind == UseKind.Shrink && !EndOfLife.Is(use.Member, store.ContainingType)).ToList();
            var growing = new HashSet<ISymbol>(growths.Select(use => use.Member), SymbolEqualityComparer.Default);
            if (shrinks.Exists(shrink => IsBound(shrink, store, calls, growing)))
                continue;
            // The element's growth first: that is where most is added.
            var at = growths.Find(use => use.Kind == UseKind.GrowInside) ?? growths[0];
            yield return new Growth(store, at.Syntax, isAsked: shrinks.Count > 0);
        }
    }

    /// <summary>The private collections that are created empty, read, and used in no other way.</summary>
    public IEnumerable<(ISymbol Store, SyntaxNode At)> NeverFilled()
    {
        foreach (var (store, uses) in _uses.Select(pair => (pair.Key, pair.Value)))
        {
            if (store is IFieldSymbol { DeclaredAccessibility: Accessibility.Private } && !uses.IsEmpty
                && uses.All(use => use.Kind is UseKind.Look or UseKind.Limit)
                && store.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() is VariableDeclaratorSyntax declared && IsEmpty(declared))
            {
                yield return (store, declared);
            }
        }
    }

    private static bool IsEmpty(VariableDeclaratorSyntax declared) => declared.Initializer?.Value switch
    {
        BaseObjectCreationExpressionSyntax { Initializer: null } creation => creation.ArgumentList is null or { Arguments.Count: 0 },
        CollectionExpressionSyntax collection => collection.Elements.Count == 0,
        _ => false,
    };

    private static bool IsBound(Use shrink, ISymbol store, Calls calls, HashSet<ISymbol> growing)
        => shrink.IsAutomatic || growing.Contains(shrink.Member)
            || shrink.Member is IMethodSymbol method && calls.RunsByItself(method, store.ContainingType, growing)
            // Only the type itself can call it, and does: in which order is not for this rule to say.
            || shrink.Member is IMethodSymbol { DeclaredAccessibility: Accessibility.Private } own && calls.IsCalled(own);

    private static bool IsWhileRunning(Use use)
        => use.Kind is UseKind.Grow or UseKind.GrowInside && (use.IsInLambda || use.Member is IMethodSymbol method && !IsStartup(method));

    private static bool IsStartup(IMethodSymbol method)
        => method.MethodKind is MethodKind.Constructor or MethodKind.StaticConstructor
            || method.Name is "Main" or "<Main>$" or "OnModelCreating" or "ConfigureServices" or "Configure"
            // What it loads, it has itself: no caller says what.
            || (method.Name is "Load" or "LoadAsync" or "LoadAll" or "LoadAllAsync" or "Initialize" or "InitializeAsync"
                && method.Parameters.All(parameter => parameter.Type.Name == "CancellationToken"))
            || method.Parameters.Any(parameter => parameter.Type.Name is "IServiceCollection" or "IApplicationBuilder"
                or "IEndpointRouteBuilder" or "IHostApplicationBuilder" or "ModelBuilder" or "WebApplication" or "WebApplicationBuilder");

    private static bool IsFilledByType(ISymbol store) => TypeOf(store) is { } type && type.HasFewKeys() && type.Name is not "List";

    private static ITypeSymbol? CollectionOf(IMemberReferenceOperation reference)
    {
        if (reference is IPropertyReferenceOperation property && (property.Property.IsIndexer || !IsAutomatic(property.Property)))
            return null;
        return reference.Type is INamedTypeSymbol { Name: "Lazy" or "ThreadLocal" or "AsyncLocal", TypeArguments.Length: 1 } lazy
            ? lazy.TypeArguments[0].IsGrowable() ? lazy.TypeArguments[0] : null
            : reference.Type.IsGrowable() ? reference.Type : null;
    }

    private static bool IsAutomatic(IPropertySymbol property)
    {
        foreach (var member in property.OriginalDefinition.ContainingType.GetMembers())
        {
            if (member is IFieldSymbol { AssociatedSymbol: { } associated } && associated.Is(property.OriginalDefinition))
                return true;
        }
        return false;
    }

    private static ITypeSymbol? TypeOf(ISymbol store) => (store as IFieldSymbol)?.Type ?? (store as IPropertySymbol)?.Type;
}
