using Microsoft.EntityFrameworkCore;
using Shop.Orders.Data;
using Shop.Orders.Reading;

namespace Shop.Orders.OrderRepository;

/// <summary>
/// A context for each read: bounded by the reads that run at the same time, and released at the end of each, when its context returns to
/// the pool. The projection is not even tracked.
/// </summary>
internal sealed class FixedOrderRepository(IDbContextFactory<OrdersDb> contexts) : IOrderRepository
{
    public async Task<OrderView?> FindAsync(string customerId, Guid orderId, CancellationToken cancellationToken)
    {
        // FIX: each read has a context of its own and disposes it: nothing that was read remains, and reads may overlap.
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Orders.Where(order => order.Id == orderId && order.CustomerId == customerId)
            .Select(OrderView.Projection).FirstOrDefaultAsync(cancellationToken);
    }
}
