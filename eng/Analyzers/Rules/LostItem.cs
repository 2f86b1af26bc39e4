using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Shop.Analyzers.Reading;

namespace Shop.Analyzers.Rules;

/// <summary>A worker takes an item from a queue in memory, and only logs that its handling failed.</summary>
internal sealed class LostItem() : Rule(
    "SHOP3004", isCertain: false, "A worker drops what failed",
    "'{0}' has taken the item from a queue in memory, and after an exception nothing has it: retry it, or queue it again",
    "Orders/OrderDispatch")
{
    public override void Inspect(Body body, Facts facts, Action<Diagnostic> report)
    {
        foreach (var taking in body.Invocations)
        {
            if (!IsTaking(taking) || LoopOf(taking) is not { } loop || ItemOf(taking, loop) is not { } item)
                continue;
            foreach (var attempt in loop.Body.Descendants().OfType<ITryOperation>())
            {
                if (!attempt.Body.Descendants().Any(part => part.Symbol().Is(item)))
                    continue;
                foreach (var handler in attempt.Catches)
                {
                    if (IsAnyException(handler) && !Keeps(handler.Handler, item))
                        report(At(handler.Handler.Operations.FirstOrDefault() ?? handler, body.Owner.Name));
                }
            }
        }
    }

    private static bool IsTaking(IInvocationOperation call)
        => call.TargetMethod.Name is "ReadAllAsync" or "ReadAsync" or "TryRead" or "GetConsumingEnumerable" or "Take" or "TryTake"
                or "TryDequeue"
            && call.TargetMethod.ContainingType is { Name: "ChannelReader" or "BlockingCollection" or "ConcurrentQueue" } type
            && type.IsFramework();

    private static ILoopOperation? LoopOf(IOperation taking)
    {
        for (var parent = taking.Parent; parent is not null and not IAnonymousFunctionOperation; parent = parent.Parent)
        {
            if (parent is ILoopOperation loop)
                return loop;
        }
        return null;
    }

    private static ISymbol? ItemOf(IInvocationOperation taking, ILoopOperation loop)
        => loop is IForEachLoopOperation each && each.Collection.WithDescendants().Contains(taking) ? each.Locals.FirstOrDefault()
            : taking.Arguments.FirstOrDefault(argument => argument.Parameter?.RefKind == RefKind.Out)?.Value.Symbol() ?? taking.Local();

    // A filter that names what it handles is a decision; one that names exceptions to it is not.
    private static bool IsAnyException(ICatchClauseOperation handler)
        => (handler.ExceptionType is not { } type || type.SpecialType == SpecialType.System_Object || type.Is("System", "Exception"))
            && (handler.Filter is null || handler.Filter.WithDescendants().Any(part => part is INegatedPatternOperation
                or IUnaryOperation { OperatorKind: UnaryOperatorKind.Not }));

    // Thrown again, or given to something as a whole: only its id goes into a log.
    private static bool Keeps(IOperation handler, ISymbol item) => handler.Descendants().Any(part => part switch
    {
        IThrowOperation => true,
        IArgumentOperation argument => argument.Value.Bare().Symbol().Is(item),
        IInvocationOperation call => call.Instance?.WithDescendants().Any(receiver => receiver.Symbol().Is(item)) == true,
        IAssignmentOperation assignment => assignment.Value.Bare().Symbol().Is(item),
        _ => false,
    });
}
