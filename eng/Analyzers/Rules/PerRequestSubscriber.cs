using Microsoft.CodeAnalysis;
using Shop.Analyzers.Reading;

namespace Shop.Analyzers.Rules;

/// <summary>Each request subscribes to a singleton's event, and leaves it again.</summary>
internal sealed class PerRequestSubscriber() : Rule(
    "SHOP1005", isCertain: false, "Each request subscribes",
    "Each subscription to '{0}' copies its list, and each request gets the events of all: subscribe once, and look the request up",
    "Documents/DocumentEvents", atEnd: true)
{
    public override void Conclude(Facts facts, Action<Diagnostic> report)
    {
        foreach (var subscription in facts.Subscriptions.All)
        {
            if (subscription.IsInConstructor && subscription.IsRetained(facts.Lifetimes) 
                && facts.Lifetimes.IsPerRequest(subscription.Subscriber) && facts.Subscriptions.IsLeft(subscription))
            {
                report(At(subscription.Syntax, subscription.Event.Name));
            }
        }
    }
}
