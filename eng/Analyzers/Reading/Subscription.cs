using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Shop.Analyzers.Reading;

/// <summary>One <c>+=</c> on an event.</summary>
internal sealed class Subscription
{
    private Subscription(IEventAssignmentOperation assignment, IEventSymbol @event, ISymbol? handler, Body body)
    {
        Syntax = assignment.Syntax;
        Event = @event;
        Handler = handler;
        Subscriber = body.Owner.ContainingType;
        IsInConstructor = body.Method?.MethodKind == MethodKind.Constructor;
        var publisher = (assignment.EventReference as IEventReferenceOperation)?.Instance?.Bare();
        Publisher = publisher?.Type;
        IsOwn = publisher is IInstanceReferenceOperation || IsCreatedHere(publisher, body);
    }

    public SyntaxNode Syntax { get; }

    public IEventSymbol Event { get; }

    /// <summary>The method that handles the event; null for a lambda, which nothing can remove again.</summary>
    public ISymbol? Handler { get; }

    public INamedTypeSymbol Subscriber { get; }

    public ITypeSymbol? Publisher { get; }

    public bool IsInConstructor { get; }

    private bool IsOwn { get; }

    /// <summary>Null where the handler retains nothing: it is static, or a lambda that captures nothing.</summary>
    public static Subscription? Of(IEventAssignmentOperation assignment, Body body)
    {
        if (assignment.EventReference is not IEventReferenceOperation { Event: { } @event } || body.Owner.ContainingType is null)
            return null;
        var handler = assignment.HandlerValue.Bare();
        if (handler is IDelegateCreationOperation creation)
            handler = creation.Target.Bare();
        return handler switch
        {
            IMethodReferenceOperation { Instance: not null } group => new(assignment, @event, group.Method.OriginalDefinition, body),
            IAnonymousFunctionOperation lambda when Captures(lambda) => new(assignment, @event, null, body),
            IMemberReferenceOperation { Member: IFieldSymbol or IPropertySymbol } stored => new(assignment, @event, stored.Member, body),
            _ => null,
        };
    }

    /// <summary>The publisher is known to outlive the subscriber.</summary>
    public bool IsRetained(Lifetimes lifetimes)
        => !IsOwn && (Event.IsStatic || lifetimes.IsLongLived(Publisher))
            && !Subscriber.IsStatic && !lifetimes.IsLongLived(Subscriber) && Subscriber.Name != "Program" && !IsApplication(Subscriber);

    // The object of a user interface's process is one.
    private static bool IsApplication(INamedTypeSymbol type) 
        => type.Name == "App" || type.BaseType?.Name is "Application" or "MauiApplication";

    private static bool Captures(IAnonymousFunctionOperation lambda)
    {
        foreach (var part in lambda.Body.Descendants())
        {
            if (part is IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance })
                return true;
            if (part is ILocalReferenceOperation { Local: { IsConst: false } local } && !IsWithin(local, lambda))
                return true;
            if (part is IParameterReferenceOperation { Parameter: { } parameter } && !parameter.ContainingSymbol.Is(lambda.Symbol)
                && !IsWithin(parameter, lambda))
            {
                return true;
            }
        }
        return false;
    }

    private static bool IsWithin(ISymbol symbol, IAnonymousFunctionOperation lambda)
        => symbol.DeclaringSyntaxReferences.FirstOrDefault() is { } declared && declared.SyntaxTree == lambda.Syntax.SyntaxTree
            && lambda.Syntax.Span.Contains(declared.Span);

    // The publisher is created by the member that subscribes, so it need not outlive anything.
    internal static bool IsCreatedHere(IOperation? publisher, Body body)
        => publisher.Symbol() is { } symbol
            && (body.Assignments.Exists(write => write.Target.Symbol().Is(symbol) && write.Value.Bare() is IObjectCreationOperation)
                || body.Variables.Exists(variable => variable.Symbol.Is(symbol)
                    && variable.Initializer?.Value.Bare() is IObjectCreationOperation));
}
