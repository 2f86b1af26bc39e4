using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Shop.Analyzers.Reading;

/// <summary>The subscriptions of the compilation to events, and which of them are ended.</summary>
internal sealed class Subscriptions
{
    private readonly ConcurrentQueue<Subscription> _all = new();
    private readonly ConcurrentDictionary<(ISymbol Event, ISymbol Handler), bool> _left = new(SymbolPair.Comparer);

    public IEnumerable<Subscription> All => _all;

    public void Add(IEventAssignmentOperation assignment, Body body)
    {
        if (Subscription.Of(assignment, body) is not { } subscription)
            return;
        if (assignment.Adds)
            _all.Enqueue(subscription);
        else if (subscription.Handler is { } handler)
            _left[(subscription.Event.OriginalDefinition, handler)] = true;
    }

    /// <summary>Something removes the same handler from the event again.</summary>
    public bool IsLeft(Subscription subscription)
        => subscription.Handler is { } handler && _left.ContainsKey((subscription.Event.OriginalDefinition, handler));
}
