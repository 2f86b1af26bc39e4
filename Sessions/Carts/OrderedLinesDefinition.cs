using MassTransit;
using Shop.ServiceDefaults.Cases;
using Shop.ServiceDefaults.Messages;
using Shop.Sessions.SessionStore;

namespace Shop.Sessions.Carts;

/// <summary>All instances consume from one queue.</summary>
internal sealed class OrderedLinesDefinition : ConsumerDefinition<OrderedLines>
{
    public OrderedLinesDefinition() => EndpointName = MessageQueues.SessionsOrderedLines;

    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpointConfigurator, IConsumerConfigurator<OrderedLines> consumerConfigurator,
        IRegistrationContext context)
        => endpointConfigurator.Feeds<SessionStoreCase>(context);
}
