using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Shop.Analyzers.Reading;

namespace Shop.Analyzers.Rules;

/// <summary>All rows of a table, or whole tracked graphs of a part that nothing limits, are loaded to be returned.</summary>
internal sealed class WholeTable() : Rule(
    "SHOP4002", isCertain: false, "A query without a limit is loaded and returned",
    "'{0}' loads as many rows as there are, before the first is used: read pages by key, or stream a projection",
    "Orders/OrderExport")
{
    public override void Inspect(Body body, Facts facts, Action<Diagnostic> report)
    {
        foreach (var invocation in body.Invocations)
        {
            if (Query.Of(invocation, body) is { IsLoaded: true } query && !query.Has("Take", "GroupBy") && IsWide(query)
                && invocation.IsReturned(body) && !body.Invocations.Exists(IsSave))
            {
                report(At(invocation, body.Owner.Name));
            }
        }
    }

    private static bool IsWide(Query query)
        => !query.Has("Where") || (query.Has("Include") && !query.Has("Select", "AsNoTracking", "AsNoTrackingWithIdentityResolution"));

    private static bool IsSave(IInvocationOperation invocation) => invocation.TargetMethod.Name is "SaveChanges" or "SaveChangesAsync";
}
