using System.Diagnostics.CodeAnalysis;
using Microsoft.EntityFrameworkCore;
using Shop.Orders.Data;
using Shop.Orders.Reading;
using Shop.ServiceDefaults.Cases;

namespace Shop.Orders.OrderRepository;

/// <summary>
/// <c>singleton LeakyOrderRepository._db → OrdersDb._dbContextDependencies → … → InternalEntityEntry</c>: every order that was ever read,
/// with its lines, as it was at its first read.
/// </summary>
internal sealed class LeakyOrderRepository : IOrderRepository, ICaseState
{
    private readonly IDbContextFactory<OrdersDb> _contexts;
    private OrdersDb _db;
    private long _orders;

    [SuppressMessage("Memory", "SHOP4001", Justification = "The incident: one context tracked every order.")]
    public LeakyOrderRepository(IDbContextFactory<OrdersDb> contexts)
    {
        _contexts = contexts;
        // LEAK: one context for all requests, never disposed: it tracks every order that it reads and releases none. It also answers with
        // the tracked order instead of the row, and fails where two reads overlap.
        _db = CreateContext();
    }

    public long HeldItems => Interlocked.Read(ref _orders);

    public void Reset()
    {
        _db = CreateContext();
        Interlocked.Exchange(ref _orders, 0);
    }

    public async Task<OrderView?> FindAsync(string customerId, Guid orderId, CancellationToken cancellationToken)
        => await _db.Orders.Include(row => row.Items)
            .FirstOrDefaultAsync(row => row.Id == orderId && row.CustomerId == customerId, cancellationToken) is { } order
            ? OrderView.Of(order)
            : null;

    private OrdersDb CreateContext()
    {
        var db = _contexts.CreateDbContext();
        // Counted here, because the entries must not be enumerated while a request uses the context.
        db.ChangeTracker.Tracked += (_, tracked) =>
        {
            // A read that began before a reset is not held by the context after it.
            if (tracked.Entry.Entity is Order && db == _db)
                Interlocked.Increment(ref _orders);
        };
        return db;
    }
}
