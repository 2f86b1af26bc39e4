using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Shop.Analyzers.Reading;

namespace Shop.Analyzers.Rules;

/// <summary>A member that unsubscribes what it subscribed, but not in a finally block: an exception leaves it subscribed.</summary>
internal sealed class LeavesOnGoodPath() : Rule(
    "SHOP1006", isCertain: true, "A subscription ends only on the good path",
    "'{0}' is not called if anything since the subscription throws or never ends: call it in a finally block",
    "Sessions/Subscriptions")
{
    private static readonly (string Begin, string End)[] Pairs =
    [
        ("Subscribe", "Unsubscribe"), ("Register", "Unregister"), ("Register", "Deregister"), ("Attach", "Detach"), ("Join", "Leave"),
        ("AddListener", "RemoveListener"), ("AddHandler", "RemoveHandler"), ("AddObserver", "RemoveObserver"),
        ("AddSubscriber", "RemoveSubscriber"),
    ];

    public override void Inspect(Body body, Facts facts, Action<Diagnostic> report)
    {
        foreach (var end in body.Events)
        {
            if (!end.Adds && body.Events.Find(begin => begin.Adds && IsPair(begin, end)) is { } begin && IsMissed(body, begin, end)
                && !Subscription.IsCreatedHere((end.EventReference as IEventReferenceOperation)?.Instance?.Bare(), body))
                report(At(end, "-= " + EventOf(end)?.Name));
        }
        foreach (var end in body.Invocations)
        {
            if (BeginOf(end, body) is { } begin && IsMissed(body, begin, end))
                report(At(end, end.TargetMethod.Name));
        }
    }

    private static IInvocationOperation? BeginOf(IInvocationOperation end, Body body)
    {
        foreach (var (beginName, endName) in Pairs)
        {
            if (!end.TargetMethod.Name.StartsWith(endName, StringComparison.Ordinal) || end.Arguments.Length == 0)
                continue;
            var suffix = end.TargetMethod.Name.Substring(endName.Length);
            return body.Invocations.Find(begin => begin.TargetMethod.Name == beginName + suffix && begin.Arguments.Length > 0
                && begin.Receiver() is var receiver && (receiver is null || receiver.IsSameAs(end.Receiver()))
                && HasSameArguments(begin, end));
        }
        return null;
    }

    private static bool HasSameArguments(IInvocationOperation begin, IInvocationOperation end)
    {
        foreach (var argument in end.Arguments)
        {
            if (argument.ArgumentKind == ArgumentKind.Explicit && argument.Value.Bare().Symbol() is { } symbol
                && symbol is not IParameterSymbol { Type.Name: "CancellationToken" })
            {
                return begin.Arguments.Any(other => other.Value.IsSameAs(argument.Value));
            }
        }
        return false;
    }

    // In the same function, and between them something that may throw or wait.
    private static bool IsMissed(Body body, IOperation begin, IOperation end)
    {
        if (end.IsInFinally() || begin.Function() != end.Function() || begin.Syntax.SpanStart > end.Syntax.SpanStart)
            return false;
        if (body.Events.Exists(other => !other.Adds && other.IsInFinally()) && begin is IEventAssignmentOperation)
            return false;
        var from = begin.Syntax.Span.End;
        var to = end.Syntax.SpanStart;
        bool IsBetween(IOperation operation)
            => operation.Syntax.SpanStart >= from && operation.Syntax.Span.End <= to && operation.Function() == begin.Function()
                && !IsCaught(operation, end);
        return body.Awaits.Exists(IsBetween) || body.Invocations.Exists(IsBetween);
    }

    // In a try statement that ends before, whose catch clause takes every exception and goes on.
    private static bool IsCaught(IOperation operation, IOperation end)
    {
        for (var parent = operation.Parent; parent is not null; parent = parent.Parent)
        {
            if (parent is ITryOperation { Catches: var catches } && parent.Syntax.Span.End <= end.Syntax.SpanStart
                && catches.Any(clause => clause.Filter is null
                    && (clause.ExceptionType.SpecialType == SpecialType.System_Object || clause.ExceptionType.Is("System", "Exception")))
                && !catches.Any(clause => clause.Handler.Descendants().Any(part => part is IThrowOperation or IReturnOperation)))
            {
                return true;
            }
        }
        return false;
    }

    private static bool IsPair(IEventAssignmentOperation begin, IEventAssignmentOperation end)
        => begin.EventReference.IsSameAs(end.EventReference) && HandlerOf(begin) is { } handler && handler.Is(HandlerOf(end));

    private static ISymbol? HandlerOf(IEventAssignmentOperation assignment)
    {
        var handler = assignment.HandlerValue.Bare();
        return handler is IDelegateCreationOperation creation
            ? (creation.Target.Bare() as IMethodReferenceOperation)?.Method : handler.Symbol();
    }

    private static IEventSymbol? EventOf(IEventAssignmentOperation assignment)
        => (assignment.EventReference as IEventReferenceOperation)?.Event;
}
