using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Shop.Analyzers.Reading;

/// <summary>Questions about the place of an operation.</summary>
internal static class Operations
{
    /// <summary>The operation without conversions and parentheses.</summary>
    public static IOperation Bare(this IOperation operation)
    {
        while (true)
        {
            switch (operation)
            {
                case IConversionOperation conversion:
                    operation = conversion.Operand;
                    break;
                case IParenthesizedOperation parenthesized:
                    operation = parenthesized.Operand;
                    break;
                case IAwaitOperation awaited:
                    operation = awaited.Operation;
                    break;
                case IInvocationOperation { TargetMethod.Name: "ConfigureAwait", Instance: { } task }:
                    operation = task;
                    break;
                default:
                    return operation;
            }
        }
    }

    /// <summary>What uses the operation: its parent, past conversions, parentheses and awaits; of <c>a?.b</c> the part behind.</summary>
    public static IOperation? User(this IOperation operation) => operation.User(out _);

    /// <inheritdoc cref="User(IOperation)"/>
    public static IOperation? User(this IOperation operation, out IOperation used)
    {
        used = operation;
        var parent = operation.Parent;
        while (parent is IConversionOperation or IParenthesizedOperation or IAwaitOperation
            || parent is IInvocationOperation { TargetMethod.Name: "ConfigureAwait" })
        {
            used = parent;
            parent = parent.Parent;
        }
        return parent is IConditionalAccessOperation access && access.Operation == used ? Accessed(access.WhenNotNull) : parent;
    }

    /// <summary>The receiver of a call: its instance, or the first argument of an extension method.</summary>
    public static IOperation? Receiver(this IInvocationOperation invocation)
        => invocation.Instance is { } instance ? instance.Through()
            : invocation.TargetMethod.IsExtensionMethod && invocation.Arguments.Length > 0 ? invocation.Arguments[0].Value.Through() : null;

    /// <summary>The receiver of <c>a?.b</c> where this is the placeholder behind the question mark.</summary>
    public static IOperation Through(this IOperation operation)
    {
        operation = operation.Bare();
        if (operation is not IConditionalAccessInstanceOperation)
            return operation;
        for (var (child, parent) = (operation, operation.Parent); parent is not null; (child, parent) = (parent, parent.Parent))
        {
            if (parent is IConditionalAccessOperation access && access.WhenNotNull == child)
                return access.Operation.Bare();
        }
        return operation;
    }

    public static bool IsInFinally(this IOperation operation) => operation.Encloses(
        (child, parent) => parent is ITryOperation attempt && attempt.Finally == child
            || parent is ICatchClauseOperation);

    /// <summary>In a try block that has a finally block or a catch clause.</summary>
    public static bool IsGuarded(this IOperation operation) => operation.Encloses(
        (child, parent) => parent is ITryOperation attempt && attempt.Body == child);

    public static bool IsInLambda(this IOperation operation)
        => operation.Encloses((_, parent) => parent is IAnonymousFunctionOperation);

    public static bool IsInLoop(this IOperation operation) => operation.Encloses((_, parent) => parent is ILoopOperation);

    public static bool IsConditional(this IOperation operation)
        => operation.Encloses((_, parent) => parent is IConditionalOperation or ILoopOperation or ISwitchOperation);

    public static bool IsLocked(this IOperation operation) => operation.Encloses((_, parent) => parent is ILockOperation);

    /// <summary>The innermost lambda or local function; null in the member itself.</summary>
    public static IOperation? Function(this IOperation operation)
    {
        for (var parent = operation.Parent; parent is not null; parent = parent.Parent)
        {
            if (parent is IAnonymousFunctionOperation or ILocalFunctionOperation)
                return parent;
        }
        return null;
    }

    public static ISymbol? Symbol(this IOperation? operation) => operation switch
    {
        IMemberReferenceOperation member => member.Member,
        ILocalReferenceOperation local => local.Local,
        IParameterReferenceOperation parameter => parameter.Parameter,
        IDiscardOperation or null => null,
        IDeclarationExpressionOperation declaration => declaration.Expression.Symbol(),
        _ => null,
    };

    public static bool Is(this ISymbol? symbol, ISymbol? other)
        => symbol is not null && SymbolEqualityComparer.Default.Equals(symbol, other);

    /// <summary>The same variable, or the same member of the same receiver.</summary>
    public static bool IsSameAs(this IOperation? first, IOperation? second)
    {
        first = first?.Through();
        second = second?.Through();
        if (first is IInstanceReferenceOperation && second is IInstanceReferenceOperation)
            return true;
        return first.Symbol() is { } symbol && symbol.Is(second.Symbol())
            && (first is not IMemberReferenceOperation { Instance: { } instance }
                || instance.IsSameAs((second as IMemberReferenceOperation)?.Instance));
    }

    public static IEnumerable<IOperation> WithDescendants(this IOperation operation)
    {
        yield return operation;
        foreach (var descendant in operation.Descendants())
            yield return descendant;
    }

    // The nearest part of `.b.c()` that uses the placeholder.
    private static IOperation? Accessed(IOperation whenNotNull)
    {
        foreach (var part in whenNotNull.WithDescendants())
        {
            if (part is IConditionalAccessInstanceOperation)
                return part.User();
        }
        return whenNotNull;
    }

    private static bool Encloses(this IOperation operation, Func<IOperation, IOperation, bool> isEnclosing)
    {
        for (var (child, parent) = (operation, operation.Parent); parent is not null; (child, parent) = (parent, parent.Parent))
        {
            if (isEnclosing(child, parent))
                return true;
        }
        return false;
    }

    /// <summary>Behind <c>?.</c> on what it is called on.</summary>
    public static bool IsBehindConditionalAccess(this IOperation operation)
        => operation is IInvocationOperation { Instance: IConditionalAccessInstanceOperation }
            or IPropertyReferenceOperation { Instance: IConditionalAccessInstanceOperation };
}
