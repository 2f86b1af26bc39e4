using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Shop.Analyzers.Reading;

/// <summary>Reads what a member does with one collection, also through a local that holds it or an element of it.</summary>
internal sealed class UseReader(Body body, ISymbol store, ITypeSymbol type, Action<Use> add)
{
    private static readonly HashSet<string> Growing = new(StringComparer.Ordinal)
    {
        "Add", "AddAfter", "AddBefore", "AddFirst", "AddLast", "AddOrUpdate", "AddRange", "Append", "AppendFormat", "AppendLine", "Enqueue",
        "EnqueueRange", "GetOrAdd", "Insert", "InsertRange", "Push", "PushRange", "SetItem", "TryAdd", "UnionWith", "Update",
        "GetValueRefOrAddDefault",
    };

    private static readonly HashSet<string> Shrinking = new(StringComparer.Ordinal)
    {
        "Clear", "Dequeue", "DequeueEnqueue", "EnqueueDequeue", "ExceptWith", "IntersectWith", "Pop", "TryDequeue", "TryPop", "TryPopRange",
        "TryTake", "Take", "Exchange", "CompareExchange", "SymmetricExceptWith", "RemoveWhere", "TryUpdate",
    };

    private readonly HashSet<ISymbol> _followed = new(SymbolEqualityComparer.Default);

    /// <summary>Reads a reference to the collection, or to an element of it.</summary>
    public void Read(IOperation reference, bool isElement = false)
    {
        var user = reference.User(out var used);
        Note(IsLook(user, reference) ? UseKind.Look : UseKind.Other, reference, isElement);
        switch (user)
        {
            case IInvocationOperation invocation when invocation.Instance is { } instance && instance.Through().Syntax == Core(reference):
                ReadCall(invocation, isElement);
                break;
            case IArgumentOperation { Parent: IInvocationOperation call }:
                ReadArgument(call, isElement);
                break;
            case IArgumentOperation { Parent: IObjectCreationOperation { Type: { } created } } when !created.IsFramework():
                Note(UseKind.Escape, user, isElement);
                break;
            case IPropertyReferenceOperation property when property.Instance is { } && !IsIndex(property, used):
                ReadProperty(property, isElement);
                break;
            case ISimpleAssignmentOperation assignment when assignment.Target.Bare() == reference:
                ReadReplacement(assignment, isElement);
                break;
            case ISimpleAssignmentOperation assignment:
                ReadCopy(assignment.Target.Bare(), used, isElement);
                break;
            case IVariableInitializerOperation { Parent: IVariableDeclaratorOperation variable }:
                Follow(variable.Symbol, isElement);
                break;
            case IReturnOperation when used.Type.IsGrowable() && !used.Type.IsImmutable()
                && body.Owner.DeclaredAccessibility != Accessibility.Private:
                Note(UseKind.Escape, user, isElement);
                break;
        }
    }

    private static bool IsLook(IOperation? user, IOperation reference) => user switch
    {
        IInvocationOperation { TargetMethod.Name: "TryGetValue" or "ContainsKey" or "Contains" or "TryPeek" or "ToArray" } => true,
        IPropertyReferenceOperation property => property.Instance?.Bare() == reference && property.Parent is not IAssignmentOperation
            && property.Property.Name is "Count" or "IsEmpty" or "Keys" or "Values",
        IForEachLoopOperation => true,
        _ => false,
    };

    // `a[key]` has the collection as its instance; an index `x[collection.Count]` does not.
    private static bool IsIndex(IPropertyReferenceOperation property, IOperation used) => property.Instance?.Bare() != used.Bare();

    private static SyntaxNode Core(IOperation operation) => operation.Bare().Syntax;

    private void ReadCall(IInvocationOperation invocation, bool isElement)
    {
        var name = invocation.TargetMethod.Name;
        if (Growing.Contains(name))
        {
            if (IsKept(invocation) && !HasConstantKey(invocation.Arguments))
                Note(isElement ? UseKind.GrowInside : UseKind.Grow, invocation, isElement: false);
        }
        else if (Shrinking.Contains(name) || name.StartsWith("Remove", StringComparison.Ordinal)
            || name.StartsWith("TryRemove", StringComparison.Ordinal))
        {
            if (IsKept(invocation))
                Note(UseKind.Shrink, invocation, isElement);
        }
        else if (name is "Count" or "LongCount")
        {
            ReadCount(invocation, isElement);
        }
        if (!isElement)
            ReadElement(invocation);
    }

    // Calls that take the collection as an argument: extension methods, Interlocked, ImmutableInterlocked, and the program's own.
    private void ReadArgument(IInvocationOperation call, bool isElement)
    {
        var method = call.TargetMethod;
        if (method.ContainingType.Is("System.Linq", "Enumerable"))
        {
            if (method.Name is "Count" or "LongCount")
                ReadCount(call, isElement);
        }
        else if (method.ContainingType.Name is "Interlocked" or "ImmutableInterlocked" or "CollectionsMarshal" or "CollectionExtensions"
            or "Extensions" or "EnumerableExtensions")
        {
            ReadCall(call, isElement);
        }
        else if (!method.IsFramework())
        {
            if (method.IsExtensionMethod && Growing.Contains(method.Name))
                Note(isElement ? UseKind.GrowInside : UseKind.Grow, call, isElement: false);
            else
                Note(UseKind.Escape, call, isElement);
        }
    }

    private void ReadProperty(IPropertyReferenceOperation property, bool isElement)
    {
        var user = property.User();
        if (property.Property.Name is "Count" or "Length")
        {
            if (user is ISimpleAssignmentOperation assignment && assignment.Target == property)
                Note(UseKind.Shrink, property, isElement);
            else
                ReadCount(property, isElement);
        }
        else if (property.Property.Name == "Value")
        {
            Read(property, isElement);
        }
        else if (property.Property.IsIndexer)
        {
            if (user is IAssignmentOperation write && write.Target.Bare() == property)
            {
                if (IsMap(property.Property) && !HasConstantKey(property.Arguments))
                    Note(isElement ? UseKind.GrowInside : UseKind.Grow, property, isElement: false);
                // `map[key] = list = []`
                if (!isElement && write.Value.Bare() is ISimpleAssignmentOperation { Target: ILocalReferenceOperation chained })
                    Follow(chained.Local, isElement: true);
                else if (!isElement && write.Value.Bare() is ILocalReferenceOperation element && element.Local.Type.IsGrowable())
                    Follow(element.Local, isElement: true);
                else if (!isElement && write.Parent is ISimpleAssignmentOperation { Target: ILocalReferenceOperation outer })
                    Follow(outer.Local, isElement: true);
            }
            else if (!isElement && property.Type.IsGrowable())
            {
                Read(property, isElement: true);
            }
        }
    }

    // What `TryGetValue`, `GetOrAdd`, `GetValueOrDefault` and the like give is an element.
    private void ReadElement(IInvocationOperation invocation)
    {
        foreach (var argument in invocation.Arguments)
        {
            if (argument.Parameter?.RefKind == RefKind.Out && argument.Value.Symbol() is ILocalSymbol local && local.Type.IsGrowable())
                Follow(local, isElement: true);
        }
        if (invocation.Type.IsGrowable() && invocation.TargetMethod.Name is "GetOrAdd" or "GetValueOrDefault" or "AddOrUpdate")
            Read(invocation, isElement: true);
    }

    private void ReadCount(IOperation count, bool isElement)
    {
        var user = count.User(out var used);
        var isLimit = user switch
        {
            IBinaryOperation { OperatorKind: BinaryOperatorKind.GreaterThan or BinaryOperatorKind.GreaterThanOrEqual
                or BinaryOperatorKind.LessThan or BinaryOperatorKind.LessThanOrEqual or BinaryOperatorKind.Equals } comparison
                => !IsSmall(comparison.LeftOperand == used ? comparison.RightOperand : comparison.LeftOperand),
            IIsPatternOperation { Pattern: IRelationalPatternOperation relational } => !IsSmall(relational.Value),
            _ => false,
        };
        if (isLimit)
            Note(UseKind.Limit, count, isElement);
    }

    private void ReadReplacement(ISimpleAssignmentOperation assignment, bool isElement)
    {
        if (!body.IsConstruction && assignment.Value.Bare().ConstantValue is { HasValue: true, Value: null })
            Note(UseKind.GiveUp, assignment, isElement);
        // `list = list.Add(x)` was read as a call.
        foreach (var part in assignment.Value.WithDescendants())
        {
            if (part.Symbol().Is(store) && part.User() is IInvocationOperation { TargetMethod.Name: var name } && Growing.Contains(name))
                return;
        }
        if (!body.IsConstruction || assignment.IsInLambda())
            Note(UseKind.Shrink, assignment, isElement);
    }

    private void ReadCopy(IOperation target, IOperation used, bool isElement)
    {
        if (target is ILocalReferenceOperation local)
            Follow(local.Local, isElement);
        else if (target is IPropertyReferenceOperation { Property.IsIndexer: true } or IDiscardOperation)
            return;
        else if (used.Type.IsGrowable() && !used.Type.IsImmutable())
            Note(UseKind.Escape, used, isElement);
    }

    private void Follow(ILocalSymbol local, bool isElement)
    {
        if (!local.Type.IsGrowable() || !_followed.Add(local))
            return;
        foreach (var reference in body.ReferencesTo(local))
        {
            if (reference.Parent is not ISimpleAssignmentOperation assignment || assignment.Target != reference)
                Read(reference, isElement);
        }
    }

    // What an immutable collection returns must be stored again.
    private bool IsKept(IInvocationOperation invocation)
        => !type.IsImmutable() || invocation.TargetMethod.ContainingType.Name is "ImmutableInterlocked" or "Interlocked"
            || invocation.User() is ISimpleAssignmentOperation assignment && assignment.Target.Symbol().Is(store);

    private static bool IsMap(IPropertySymbol indexer)
        => indexer.ContainingType.Name is "Hashtable" or "SortedList" || indexer.ContainingType.Name.Contains("Dictionary");

    // A literal, a member of an enum, or what a type says about itself.
    private static bool HasConstantKey(System.Collections.Immutable.ImmutableArray<IArgumentOperation> arguments)
    {
        if (arguments.Length == 0)
            return false;
        var key = arguments[0].Value.Bare();
        return key.ConstantValue.HasValue || (key.Type is { } type && type.IsOneOfFew())
            || key.WithDescendants().Any(part => part is ITypeOfOperation);
    }

    private static bool IsSmall(IOperation limit)
        => limit.ConstantValue is { HasValue: true, Value: int and <= 2 or long and <= 2 };

    private void Note(UseKind kind, IOperation operation, bool isElement)
    {
        // What shrinks or limits an element leaves the number of elements as it is.
        if (!isElement)
            add(new Use(kind, operation, body.Owner));
    }
}
