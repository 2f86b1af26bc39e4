using Microsoft.CodeAnalysis;
using Shop.Analyzers.Reading;

namespace Shop.Analyzers.Rules;

/// <summary>Pages of rows in no order.</summary>
internal sealed class SkipWithoutOrder() : Rule(
    "SHOP4004", isCertain: true, "Pages without an order",
    "'{0}' skips rows that have no order, so pages lose rows and repeat others: order by a key, and start after the last one",
    "Orders/OrderExport")
{
    public override void Inspect(Body body, Facts facts, Action<Diagnostic> report)
    {
        foreach (var invocation in body.Invocations)
        {
            if (invocation.TargetMethod.Name == "Skip" && Query.Of(invocation, body) is { } query
                && !query.Has("OrderBy", "OrderByDescending", "Order", "OrderDescending", "FromSql",
                     "FromSqlRaw", "FromSqlInterpolated"))
            {
                report(At(invocation.Syntax, body.Owner.Name));
            }
        }
    }
}
