using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Shop.Analyzers.Reading;

/// <summary>Where a value goes within its member.</summary>
internal static class Flow
{
    /// <summary>The local that the value initializes or is assigned to; null if it is used otherwise.</summary>
    public static ILocalSymbol? Local(this IOperation value) => value.User() switch
    {
        IVariableInitializerOperation { Parent: IVariableDeclaratorOperation variable } => variable.Symbol,
        ISimpleAssignmentOperation { Target: ILocalReferenceOperation local } assignment when assignment.Value.Bare() == value.Bare()
            => local.Local,
        _ => null,
    };

    /// <summary>What uses the value: its user, or those of the local that holds it.</summary>
    public static IEnumerable<(IOperation? User, IOperation Used)> Uses(this IOperation value, Body body)
    {
        if (value.Local() is not { } local)
        {
            var user = value.User(out var used);
            return [(user, used)];
        }
        return body.ReferencesTo(local).Where(reference => !IsTarget(reference)).Select(reference => (reference.User(out var used), used));
    }

    /// <summary>The value, or the one that its local was given.</summary>
    public static IOperation Origin(this IOperation value, Body body)
    {
        value = value.Through();
        if (value is not ILocalReferenceOperation { Local: var local })
            return value;
        foreach (var variable in body.Variables)
        {
            if (variable.Symbol.Is(local) && variable.Initializer is { } initializer)
                return initializer.Value.Through();
        }
        foreach (var assignment in body.Assignments)
        {
            if (assignment.Target.Symbol().Is(local))
                return assignment.Value.Through();
        }
        return value;
    }

    public static bool IsReturned(this IOperation value, Body body)
        => value.Uses(body).Any(use => use.User is IReturnOperation returned && returned.Function() == value.Function());

    /// <summary>The call or creation that gets the value as an argument.</summary>
    public static IOperation? Taker(this IOperation? user) => user is IArgumentOperation argument ? argument.Parent : null;

    public static bool IsStored(this IOperation? user) => user is IAssignmentOperation
    {
        Target: IMemberReferenceOperation { Member: IFieldSymbol or IPropertySymbol },
    } or IFieldInitializerOperation or IPropertyInitializerOperation;

    /// <summary>The program itself, which runs once.</summary>
    public static bool IsProgram(this ISymbol member) => member.Name is "Main" or "<Main>$";

    private static bool IsTarget(IOperation reference) 
        => reference.Parent is IAssignmentOperation assignment && assignment.Target == reference;
}
