using MassTransit;
using Shop.ServiceDefaults.Messages;

namespace Shop.Sessions.Carts;

/// <summary>All instances consume from one queue.</summary>
internal sealed class OrderedLinesDefinition : ConsumerDefinition<OrderedLines>
{
    public OrderedLinesDefinition() => EndpointName = MessageQueues.SessionsOrderedLines;
}
