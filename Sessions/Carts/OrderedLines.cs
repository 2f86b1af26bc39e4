using MassTransit;
using Shop.ServiceDefaults.Cases;
using Shop.ServiceDefaults.Messages;
using Shop.Sessions.SessionStore;

namespace Shop.Sessions.Carts;

/// <summary>Removes the lines of a placed order from the cart.</summary>
internal sealed class OrderedLines(CaseSwitch<ISessionStore> sessions) : IConsumer<OrderPlaced>
{
    public Task Consume(ConsumeContext<OrderPlaced> context)
        => sessions.Current.TakeOrderedAsync(context.Message.CartId, context.Message.CartRevision, context.CancellationToken);
}
