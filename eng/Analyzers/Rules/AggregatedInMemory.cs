using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Shop.Analyzers.Reading;

namespace Shop.Analyzers.Rules;

/// <summary>Rows are loaded only to be counted or added.</summary>
internal sealed class AggregatedInMemory() : Rule(
    "SHOP4003", isCertain: true, "Rows are loaded only to be aggregated",
    "'{0}' loads these rows only to aggregate them: let the database do it, whose answer is as small as the result",
    "Orders/OrderSummary")
{
    public override void Inspect(Body body, Facts facts, Action<Diagnostic> report)
    {
        foreach (var invocation in body.Invocations)
        {
            if (Query.Of(invocation, body) is { IsLoaded: true } query && !query.Has("GroupBy", "Take")
                && invocation.Uses(body).ToList() is { Count: > 0 } uses && uses.TrueForAll(use => IsAggregated(use.User, use.Used)))
            {
                report(At(invocation, body.Owner.Name));
            }
        }
    }

    private static bool IsAggregated(IOperation? user, IOperation used) => user switch
    {
        IPropertyReferenceOperation { Property.Name: "Count" or "Length" } => true,
        IArgumentOperation { Parent: IInvocationOperation call } when call.TargetMethod.ContainingType.Is("System.Linq", "Enumerable")
            && call.Arguments[0].Value == used
            => IsAggregate(call) || (call.TargetMethod.Name == "GroupBy" && IsGroupAggregated(call))
                || (call.TargetMethod.Name == "Where" && IsAggregated(call.User(out var filtered), filtered)),
        _ => false,
    };

    private static bool IsGroupAggregated(IInvocationOperation group)
        => group.User().Taker() is IInvocationOperation { TargetMethod.Name: "Select" or "ToDictionary" } projection
            && projection.Descendants().Any(part => part is IInvocationOperation inner && inner.IsInLambda() && IsAggregate(inner));

    private static bool IsAggregate(IInvocationOperation call)
        => call.TargetMethod.Name is "Sum" or "Average" or "Count" or "LongCount" or "Min" or "Max" or "Aggregate";
}
