using MassTransit;
using Shop.ServiceDefaults.Cases;
using Shop.ServiceDefaults.Customers;
using Shop.ServiceDefaults.Messages;
using Shop.Sessions.SessionStore;

namespace Shop.Sessions.Carts;

/// <summary>Removes the lines of a placed order from the cart.</summary>
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
