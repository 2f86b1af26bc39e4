using MassTransit;
using Shop.ServiceDefaults.Cases;
using Shop.ServiceDefaults.Customers;
using Shop.ServiceDefaults.Messages;
using Shop.Sessions.SessionStore;

namespace Shop.Sessions.Carts;

/// <summary>Removes from the cart what was ordered from it.</summary>
internal sealed class OrderedLines(CaseSwitch<ISessionStore> sessions) : IConsumer<OrderPlaced>
{
    public Task Consume(ConsumeContext<OrderPlaced> context)
    {
        var order = context.Message;
        return SessionIds.IsWellFormed(order.SessionId)
            ? sessions.Current.TakeLinesAsync(order.SessionId, order.OrderId, order.Lines, context.CancellationToken)
            : Task.CompletedTask;
    }
}

/// <summary>One queue for all instances.</summary>
internal sealed class OrderedLinesDefinition : ConsumerDefinition<OrderedLines>
{
    public OrderedLinesDefinition() => EndpointName = MessageQueues.SessionsOrderedLines;
}

/// <summary>Registers the consumer.</summary>
internal static class OrderedLinesExtensions
{
    public static void AddOrderedLines(this IBusRegistrationConfigurator bus) => bus.AddConsumer<OrderedLines, OrderedLinesDefinition>();
}
