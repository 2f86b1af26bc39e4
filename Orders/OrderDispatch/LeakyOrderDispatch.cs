using System.Diagnostics.CodeAnalysis;
using MassTransit;
using Shop.Orders.Data;
using Shop.ServiceDefaults.Cases;
using Shop.ServiceDefaults.Messages;

namespace Shop.Orders.OrderDispatch;

/// <summary>A task for each order: any number of them, none of which survives the process, and whose exceptions nobody sees.</summary>
internal sealed class LeakyOrderDispatch(IBus bus) : IOrderDispatch, ICaseState
{
    private long _running;

    public long HeldItems => Interlocked.Read(ref _running);

    // What is held are accepted orders: each is released when it has been published.
    public void Reset()
    {
    }

    [SuppressMessage("Memory", "SHOP3001", Justification = "The incident: accepted orders were lost.")]
    public async Task SaveAsync(OrdersDb db, OrderPlaced placed, CancellationToken cancellationToken)
    {
        await db.SaveChangesAsync(cancellationToken);
        // LEAK: fire and forget: the order is committed and answered with 202, its message exists only in a task. A crash or a stop of the
        // process loses it, an exception too, and while the broker is away there is a task for every order.
        _ = Task.Run(() => PublishAsync(placed), CancellationToken.None);
    }

    private async Task PublishAsync(OrderPlaced placed)
    {
        Interlocked.Increment(ref _running);
        try
        {
            await bus.Publish(placed);
        }
        finally
        {
            Interlocked.Decrement(ref _running);
        }
    }
}
