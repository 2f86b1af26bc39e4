using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Shop.Analyzers.Reading;

namespace Shop.Analyzers.Rules;

/// <summary>An object subscribes to a static event or a singleton's, and nothing unsubscribes it: the event retains it.</summary>
internal sealed class SubscriptionToLongLived() : Rule(
    "SHOP1004", isCertain: true, "An object subscribes to something that lives longer",
    "'{0}' lives as long as the process and retains each object that subscribes here: unsubscribe in Dispose, or subscribe once",
    "Documents/DocumentEvents", atEnd: true)
{
    public override void Inspect(Body body, Facts facts, Action<Diagnostic> report)
    {
        foreach (var assignment in body.Events)
            facts.Subscriptions.Add(assignment, body);
    }

    public override void Conclude(Facts facts, Action<Diagnostic> report)
    {
        foreach (var subscription in facts.Subscriptions.All)
        {
            if (subscription.IsRetained(facts.Lifetimes) && !facts.Subscriptions.IsLeft(subscription))
                report(At(subscription.Syntax, subscription.Event.Name));
        }
    }
}
