using Microsoft.CodeAnalysis;
using Shop.Analyzers.Reading;

namespace Shop.Analyzers.Rules;

/// <summary>Entities are streamed, but the context keeps each of them.</summary>
internal sealed class TrackedStream() : Rule(
    "SHOP4005", isCertain: true, "A stream of tracked entities",
    "'{0}' streams entities that its context tracks, so what was streamed is not released: use AsNoTracking or a projection",
    "Orders/OrderExport")
{
    public override void Inspect(Body body, Facts facts, Action<Diagnostic> report)
    {
        foreach (var invocation in body.Invocations)
        {
            if (invocation.TargetMethod.Name == "AsAsyncEnumerable" && Query.Of(invocation, body) is { } query
                && !query.Has("AsNoTracking", "AsNoTrackingWithIdentityResolution", "Select", "Take")
                && !body.Invocations.Exists(call => call.TargetMethod.Name is "SaveChanges" or "SaveChangesAsync"))
            {
                report(At(invocation, body.Owner.Name));
            }
        }
    }
}
