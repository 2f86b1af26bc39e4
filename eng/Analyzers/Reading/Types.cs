using Microsoft.CodeAnalysis;

namespace Shop.Analyzers.Reading;

/// <summary>Questions about types, by name: a compilation may lack the assembly that has them.</summary>
internal static class Types
{
    private static readonly HashSet<string> Growing = new(StringComparer.Ordinal)
    {
        "List", "Dictionary", "HashSet", "Queue", "Stack", "LinkedList", "SortedDictionary", "SortedList", "SortedSet", "PriorityQueue",
        "OrderedDictionary", "ConcurrentDictionary", "ConcurrentBag", "ConcurrentQueue", "ConcurrentStack", "Collection",
        "ObservableCollection", "IList", "ICollection", "IDictionary", "ISet", "ArrayList", "Hashtable", "StringBuilder",
        "ImmutableList", "ImmutableArray", "ImmutableDictionary", "ImmutableHashSet", "ImmutableQueue", "ImmutableStack",
        "ImmutableSortedDictionary", "ImmutableSortedSet", "IImmutableList", "IImmutableDictionary",
    };

    private static readonly HashSet<string> Few = new(StringComparer.Ordinal)
    {
        "Type", "Assembly", "MemberInfo", "MethodInfo", "PropertyInfo", "FieldInfo", "ConstructorInfo", "MethodBase", "TypeInfo",
        "ParameterInfo", "Module", "CultureInfo", "Encoding", "TimeZoneInfo", "RuntimeTypeHandle",
    };

    public static bool Is(this ITypeSymbol? type, string @namespace, string name)
        => type is not null && type.Name == name && type.ContainingNamespace?.ToDisplayString() == @namespace;

    /// <summary>The type, or one that it derives from.</summary>
    public static bool Derives(this ITypeSymbol? type, string @namespace, string name)
    {
        for (; type is not null; type = type.BaseType)
        {
            if (type.Is(@namespace, name))
                return true;
        }
        return false;
    }

    public static bool Implements(this ITypeSymbol type, string @namespace, string name)
    {
        foreach (var implemented in type.AllInterfaces)
        {
            if (implemented.Is(@namespace, name))
                return true;
        }
        return false;
    }

    public static bool IsDbContext(this ITypeSymbol? type) => type.Derives("Microsoft.EntityFrameworkCore", "DbContext");

    /// <summary>A collection of the framework to which anything may be added, or one that derives from it.</summary>
    public static bool IsGrowable(this ITypeSymbol? type)
    {
        for (; type is INamedTypeSymbol named; type = named.BaseType)
        {
            if (Growing.Contains(named.Name) && named.ContainingNamespace?.ToDisplayString() is { } space && IsOfFramework(space))
                return true;
        }
        return false;
    }

    /// <summary>The result of a task.</summary>
    public static ITypeSymbol? Unwrapped(this ITypeSymbol? type)
        => type is INamedTypeSymbol { Name: "Task" or "ValueTask", TypeArguments.Length: 1 } task ? task.TypeArguments[0] : type;

    public static bool IsImmutable(this ITypeSymbol? type) => type?.ContainingNamespace?.Name == "Immutable";

    /// <summary>The collection has as many elements as the program has types, cultures or enum members.</summary>
    public static bool HasFewKeys(this ITypeSymbol type)
        => type is INamedTypeSymbol { TypeArguments: { Length: > 0 } arguments } && arguments[0].IsOneOfFew();

    public static bool IsOneOfFew(this ITypeSymbol type)
    {
        if (type is INamedTypeSymbol { IsTupleType: true } tuple)
            return tuple.TupleElements.All(element => element.Type.IsOneOfFew());
        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable)
            type = nullable.TypeArguments[0];
        return type.TypeKind == TypeKind.Enum
            || type.SpecialType is SpecialType.System_Boolean or SpecialType.System_Byte or SpecialType.System_SByte
            || (Few.Contains(type.Name) && type.ContainingNamespace?.ToDisplayString() is { } space && IsOfFramework(space));
    }

    public static bool IsFramework(this ISymbol? symbol)
        => symbol?.ContainingNamespace?.ToDisplayString() is { } space
            && (IsOfFramework(space) || space.StartsWith("Microsoft.", StringComparison.Ordinal));

    public static bool IsInSource(this ISymbol symbol) => !symbol.DeclaringSyntaxReferences.IsEmpty;

    private static bool IsOfFramework(string space) => space == "System" || space.StartsWith("System.", StringComparison.Ordinal);
}
